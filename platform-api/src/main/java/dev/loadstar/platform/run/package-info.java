/** The life of runs: submitted, validated, queued, given to a worker, supervised, ended; each state with a deadline. */
@NullMarked
package dev.loadstar.platform.run;

import org.jspecify.annotations.NullMarked;
