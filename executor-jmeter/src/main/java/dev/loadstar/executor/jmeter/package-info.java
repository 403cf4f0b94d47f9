/** JMeter 5.6 inside an executor: unmodified plans, led by the platform's schedule, measured by a listener of ours in place of files. */
@NullMarked
package dev.loadstar.executor.jmeter;

import org.jspecify.annotations.NullMarked;
