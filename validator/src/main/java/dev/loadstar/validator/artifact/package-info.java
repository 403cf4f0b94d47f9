/** Libraries that a definition asks for by Maven coordinates, from the operator's artifact mirror. */
@NullMarked
package dev.loadstar.validator.artifact;

import org.jspecify.annotations.NullMarked;
