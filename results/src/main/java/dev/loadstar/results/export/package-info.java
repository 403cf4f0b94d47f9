/** Finished runs as files that other programs read. Nothing is computed here: every figure is one of the run's document. */
@NullMarked
package dev.loadstar.results.export;

import org.jspecify.annotations.NullMarked;
