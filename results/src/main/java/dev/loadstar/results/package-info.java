/** The one place that computes what people read: quantiles, assertions, verdicts and the result of a run. */
@NullMarked
package dev.loadstar.results;

import org.jspecify.annotations.NullMarked;
