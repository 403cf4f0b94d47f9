/** Gatling behind the SPI: its engine with a load, statistics and an end of the platform's own. */
@NullMarked
package dev.loadstar.executor.gatling;

import org.jspecify.annotations.NullMarked;
