package dev.loadstar.executor.gatling;

import com.typesafe.config.ConfigFactory;
import dev.loadstar.executor.clock.OwnClock;
import io.gatling.commons.util.Clock;
import io.gatling.core.Predef$;
import io.gatling.core.config.GatlingConfiguration;
import io.gatling.core.config.GatlingConfiguration$;

/** Gatling's configuration and clock, in which nothing is sent to anybody but the target. */
final class EngineSettings {

    /** A test is measured by the clock of its executor, which nobody sets during a run. */
    static final Clock CLOCK = () -> OwnClock.now().toEpochMilli();

    private EngineSettings() {}

    /** With the {@code gatling.conf} on the class path and the system's properties; also for all that is written in Gatling's language from now on. */
    static GatlingConfiguration load() {
        System.setProperty("gatling.http.warmUpUrl", "");
        System.setProperty("gatling.data.enableAnalytics", "false");
        ConfigFactory.invalidateCaches();
        GatlingConfiguration configuration = GatlingConfiguration$.MODULE$.load();
        Predef$.MODULE$._configuration_$eq(configuration);
        return configuration;
    }
}
