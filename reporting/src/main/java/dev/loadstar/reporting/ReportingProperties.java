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
 * @param sessionTimeout after which another process takes over from one that fell silent; a broker allows 6 s or more
 */
@ConfigurationProperties("loadstar.reporting")
public record ReportingProperties(
        @DefaultValue("reporting-1") String instance,
        @DefaultValue("15s") Duration grace,
        @DefaultValue("6s") Duration sessionTimeout) {}
