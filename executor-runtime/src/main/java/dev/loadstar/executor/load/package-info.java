/** The shard's schedule on this process's clock: when a tool is to begin what. */
@NullMarked
package dev.loadstar.executor.load;

import org.jspecify.annotations.NullMarked;
