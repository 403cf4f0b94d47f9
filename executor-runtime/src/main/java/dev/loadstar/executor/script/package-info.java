/** What scripts of every tool need of the process that they run in. */
@NullMarked
package dev.loadstar.executor.script;

import org.jspecify.annotations.NullMarked;
