package dev.loadstar.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/**
 * Lets through to the terminal what its reader can act on: the platform's own warnings, and errors of the rest. Kafka's
 * are not among them: most pass by themselves, and the platform says so where one does not.
 */
public final class QuietConsole extends Filter<ILoggingEvent> {

    @Override
    public FilterReply decide(ILoggingEvent event) {
        String logger = event.getLoggerName();
        if (logger.startsWith("org.apache.kafka.") || logger.startsWith("kafka.")) {
            return FilterReply.DENY;
        }
        Level threshold = logger.startsWith("dev.loadstar.") ? Level.WARN : Level.ERROR;
        return event.getLevel().isGreaterOrEqual(threshold) ? FilterReply.NEUTRAL : FilterReply.DENY;
    }
}
