/** Decides which hosts may be loaded. */
@NullMarked
package dev.loadstar.validator.target;

import org.jspecify.annotations.NullMarked;
