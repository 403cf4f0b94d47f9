/** Tells a change of a figure from the noise that it has anyway. */
@NullMarked
package dev.loadstar.results.compare;

import org.jspecify.annotations.NullMarked;
