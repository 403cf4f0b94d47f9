/** Asks the Prometheus servers that the operator registered. */
@NullMarked
package dev.loadstar.reporting.prometheus;

import org.jspecify.annotations.NullMarked;
