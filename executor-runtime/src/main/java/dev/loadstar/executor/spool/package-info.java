/** The bounded way of records from the executor to Kafka over the disk: one path, broker up or down. */
@NullMarked
package dev.loadstar.executor.spool;

import org.jspecify.annotations.NullMarked;
