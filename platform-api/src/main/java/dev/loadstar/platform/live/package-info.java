/** Who watches which run: changes and ticks go from here to pages and waiting callers, none of which can hold up another. */
@NullMarked
package dev.loadstar.platform.live;

import org.jspecify.annotations.NullMarked;
