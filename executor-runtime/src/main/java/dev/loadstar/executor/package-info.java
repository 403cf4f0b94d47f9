/** The process around a load tool: inspection, or one executor of a run from its first word to the worker to its last. */
@NullMarked
package dev.loadstar.executor;

import org.jspecify.annotations.NullMarked;
