/** Keeps secrets out of every text that leaves the process. */
@NullMarked
package dev.loadstar.executor.secret;

import org.jspecify.annotations.NullMarked;
