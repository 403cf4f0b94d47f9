/** The executor's own lines in its job's log, written for the people who look at a run. */
@NullMarked
package dev.loadstar.executor.log;

import org.jspecify.annotations.NullMarked;
