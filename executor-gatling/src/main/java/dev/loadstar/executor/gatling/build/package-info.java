/** Makes classes of what a repository holds: Java sources, a Maven project or a jar. Runs in inspections alone; executors get the result. */
@NullMarked
package dev.loadstar.executor.gatling.build;

import org.jspecify.annotations.NullMarked;
