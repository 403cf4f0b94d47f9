/** Merges what executors measured into the timeline, shows it live, closes runs and judges them; the one writer of schema {@code reporting}. */
@NullMarked
package dev.loadstar.reporting;

import org.jspecify.annotations.NullMarked;
