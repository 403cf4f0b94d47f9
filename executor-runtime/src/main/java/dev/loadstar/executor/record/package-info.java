/** From single samples to one record per second: cheap for the tool's threads, exact in the sums, small on the wire. */
@NullMarked
package dev.loadstar.executor.record;

import org.jspecify.annotations.NullMarked;
