/** Starts, observes and stops programs of the platform somewhere: the job service behind workers, executors and inspections. */
@NullMarked
package dev.loadstar.launcher;

import org.jspecify.annotations.NullMarked;
