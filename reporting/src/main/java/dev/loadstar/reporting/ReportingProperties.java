package dev.loadstar.reporting;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of reporting.
 *
 * @param instance name of this process among those that report; it must stay the same over a restart, so that the
 *     restarted one takes over at once, and differ between processes that run at the same time
 * @param grace how long after a run's end the last words of its executors are waited for; an executor that lost its
 *     worker goes on for the 10 s of its lease
 * @param keepSeconds how long the rows of single seconds are kept; after that the timeline is told in steps of 10 s
 * @param sessionTimeout after which another process takes over from one that fell silent; a broker allows 6 s or more
 */
@ConfigurationProperties("loadstar.reporting")
public record ReportingProperties(
        @DefaultValue("reporting-1") String instance,
        @DefaultValue("15s") Duration grace,
        @DefaultValue("6s") Duration sessionTimeout,
        @DefaultValue("14d") Duration keepSeconds) {

    private static final Duration LEAST_SECONDS = Duration.ofDays(3);

    public ReportingProperties {
        if (keepSeconds.compareTo(LEAST_SECONDS) < 0) {
            throw new IllegalArgumentException(
                    "loadstar.reporting.keep-seconds is at least %dd: points may come a day late, by clocks that are a day off"
                            .formatted(LEAST_SECONDS.toDays()));
        }
    }
}
