/** Reads a definition's text strictly and completely: every mistake at its place, or everything that a plan needs. */
@NullMarked
package dev.loadstar.validator.definition;

import org.jspecify.annotations.NullMarked;
