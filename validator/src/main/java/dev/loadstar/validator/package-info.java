/** From a git URL or an uploaded folder to a RunPlan, or to all of its problems at once. */
@NullMarked
package dev.loadstar.validator;

import org.jspecify.annotations.NullMarked;
