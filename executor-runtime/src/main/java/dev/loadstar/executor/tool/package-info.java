/** The SPI of a load tool: what an executor asks of JMeter, Gatling and others. Plain JDK types and the plan only. */
@NullMarked
package dev.loadstar.executor.tool;

import org.jspecify.annotations.NullMarked;
