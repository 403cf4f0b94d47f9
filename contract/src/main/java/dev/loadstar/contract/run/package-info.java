/** The life of a run and its result document, one shape for REST, the command line and the pages. */
@NullMarked
package dev.loadstar.contract.run;

import org.jspecify.annotations.NullMarked;
