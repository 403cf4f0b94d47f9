/** One run as a state machine: messages in, actions out, one thread, no clock of its own; everything that can happen to a run is decided here. */
@NullMarked
package dev.loadstar.worker.run;

import org.jspecify.annotations.NullMarked;
