/** The command line: it speaks REST to a server, starts one of its own where none answers, and shows a run until its verdict. */
@NullMarked
package dev.loadstar.cli;

import org.jspecify.annotations.NullMarked;
