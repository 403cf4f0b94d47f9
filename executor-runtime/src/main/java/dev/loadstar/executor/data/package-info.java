/** An executor's rows of data files: its exact part of the whole, in bounded memory. */
@NullMarked
package dev.loadstar.executor.data;

import org.jspecify.annotations.NullMarked;
