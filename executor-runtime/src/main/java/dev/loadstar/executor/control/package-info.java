/** The executor's end of the direct line to its worker: stream, lease, files of the bundle. */
@NullMarked
package dev.loadstar.executor.control;

import org.jspecify.annotations.NullMarked;
