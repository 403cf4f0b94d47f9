package dev.loadstar.platform.settings;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How many runs at once and how patient the server is with them, {@code loadstar.runs.…}.
 *
 * @param maxParallel runs that have a worker at the same time; others wait in the queue
 * @param maxValidations submissions that are validated at the same time
 * @param maxUpload largest uploaded bundle
 * @param stopPatience how long a worker may take to obey a stop before it is killed
 * @param drain how long a server that shuts down waits for its runs to end
 * @param keep how long finished runs are kept of projects that do not say it themselves
 * @param minFreeDisk room on the disk of the data directory below which no run is taken in
 * @param keptJobs finished runs whose processes' logs and working directories are kept
 */
@ConfigurationProperties("loadstar.runs")
public record RunSettings(
        @DefaultValue("4") int maxParallel,
        @DefaultValue("2") int maxValidations,
        @DefaultValue("512MB") DataSize maxUpload,
        @DefaultValue("15s") Duration stopPatience,
        @DefaultValue("20s") Duration drain,
        @DefaultValue("50") int keptJobs,
        @DefaultValue("90d") Duration keep,
        @DefaultValue("2GB") DataSize minFreeDisk) {}
