/** The worker's side of Kafka: what it tells on points and run-events, what it is told on run-commands; a broker that is away for minutes harms nothing. */
@NullMarked
package dev.loadstar.worker.stream;

import org.jspecify.annotations.NullMarked;
