/** The compatibility kit: what every load tool must do, as a test class that a tool extends. */
@NullMarked
package dev.loadstar.executor.kit;

import org.jspecify.annotations.NullMarked;
