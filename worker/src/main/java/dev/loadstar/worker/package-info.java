/** The controller of one run, a process that lives as long as the run: provisions executors, starts them together, supervises, ends. */
@NullMarked
package dev.loadstar.worker;

import org.jspecify.annotations.NullMarked;
