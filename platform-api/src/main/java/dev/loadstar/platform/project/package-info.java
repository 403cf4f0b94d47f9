/** Projects: the owners of runs and secrets, named by keys that never change. */
@NullMarked
package dev.loadstar.platform.project;

import org.jspecify.annotations.NullMarked;
