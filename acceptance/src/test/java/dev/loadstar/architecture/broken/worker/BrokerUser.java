package dev.loadstar.architecture.broken.worker;

import org.apache.kafka.metadata.storage.Formatter;

/** Breaks: the broker's internals outside embedded. */
record BrokerUser(Formatter formatter) {}
