/** PostgreSQL and Kafka as parts of one server: started in its data directory, kept to this machine, found again after a crash. */
@NullMarked
package dev.loadstar.embedded;

import org.jspecify.annotations.NullMarked;
