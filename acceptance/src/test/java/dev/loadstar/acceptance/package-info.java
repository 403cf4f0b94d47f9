/** A user's whole way: a repository in, load at a target that counts for itself, a verdict out. */
@NullMarked
package dev.loadstar.acceptance;

import org.jspecify.annotations.NullMarked;
