/** Two clocks that disagree: what the worker's shows, estimated from the executor's side, and how sure that is. */
@NullMarked
package dev.loadstar.executor.clock;

import org.jspecify.annotations.NullMarked;
