package dev.loadstar.reporting;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** How merging goes: {@code loadstar.reporting.records} by outcome and {@code loadstar.reporting.lag} from Kafka to the tables. */
final class MergeMetrics {

    private final Counter merged;
    private final Counter duplicates;
    private final Map<Refusal, Counter> refused = new EnumMap<>(Refusal.class);
    private final Timer lag;

    MergeMetrics(MeterRegistry registry) {
        merged = counter(registry, "merged", "");
        duplicates = counter(registry, "duplicate", "");
        for (var refusal : Refusal.values()) {
            refused.put(refusal, counter(registry, "refused", refusal.slug()));
        }
        lag = Timer.builder("loadstar.reporting.lag")
                .description("from a record's time in Kafka to the commit of its rows")
                .register(registry);
    }

    private static Counter counter(MeterRegistry registry, String outcome, String reason) {
        return Counter.builder("loadstar.reporting.records")
                .description("records of points")
                .tag("outcome", outcome)
                .tag("reason", reason)
                .register(registry);
    }

    void merged(boolean isNew) {
        (isNew ? merged : duplicates).increment();
    }

    void refused(Refusal refusal) {
        var counter = refused.get(refusal);
        if (counter != null) {
            counter.increment();
        }
    }

    void lag(long millis) {
        lag.record(Duration.ofMillis(Math.max(0, millis)));
    }
}
