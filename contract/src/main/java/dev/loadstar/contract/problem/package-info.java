/** What can go wrong, by name: codes with a kind, problems of an input with the place they are at, and the one exception. */
@NullMarked
package dev.loadstar.contract.problem;

import org.jspecify.annotations.NullMarked;
