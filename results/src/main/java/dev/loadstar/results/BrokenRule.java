package dev.loadstar.results;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.loadstar.contract.definition.Units;
import dev.loadstar.contract.plan.AbortRule;
import org.jspecify.annotations.Nullable;

/**
 * A rule that wants the run to end.
 *
 * @param sentence why, without a full stop
 */
public record BrokenRule(String id, String sentence) {

    /**
     * The first rule of the plan whose sentence is true of the newest seconds.
     *
     * @param until the first second that not everyone has told yet
     * @throws IllegalStateException if the run is not stored
     */
    public static Optional<BrokenRule> find(Connection connection, String runId, long until) throws SQLException {
        var tables = new RunTables(connection, runId);
        var run = tables.run().orElseThrow(() -> new IllegalStateException("no run " + runId));
        Long start = run.loadStartMillis();
        if (start == null) {
            return Optional.empty();
        }
        var load = new LoadTime(start, Math.max(start, until * 1000));
        for (var rule : run.plan().abort()) {
            var broken = Rule.of(rule, tables, run, load).check(until);
            if (broken.isPresent()) {
                return broken;
            }
        }
        return Optional.empty();
    }

    /** A rule with what was measured in the seconds that it looks at. */
    private record Rule(AbortRule rule, Parts parts, LoadTime load) {

        /** Seconds are whole and the load may begin within one: by so much a span may seem to be without load. */
        private static final Duration ROUNDING = Duration.ofMillis(500);

        static Rule of(AbortRule rule, RunTables tables, StoredRun run, LoadTime load) throws SQLException {
            Map<Series, Samples> known = new LinkedHashMap<>();
            tables.series().values().forEach(series -> known.put(series, new Samples()));
            long until = load.endMillis() / 1000;
            var measured = new Measured(
                    run,
                    known,
                    tables.executorSeconds(until - rule.span().toSeconds(), until),
                    List.of(),
                    Map.of(),
                    Map.of(),
                    new StoredHistory(tables),
                    List.of());
            var parts = new Parts(
                    measured,
                    StageArrivals.of(measured, null, false),
                    load,
                    AssertionScope.Frame.ofAllStages(run.plan()));
            return new Rule(rule, parts, load);
        }

        Optional<BrokenRule> check(long until) {
            long from = until - rule.span().toSeconds();
            var lookedAt = Duration.ofMillis(from * 1000 - load.startMillis()).plus(ROUNDING);
            if (lookedAt.compareTo(rule.after()) < 0) {
                return Optional.empty();
            }
            var part = parts.window(rule.when(), from, until, load);
            boolean underLoad = part.time().plus(ROUNDING).compareTo(rule.span()) >= 0;
            return underLoad ? Optional.ofNullable(broken(part)) : Optional.empty();
        }

        private @Nullable BrokenRule broken(Part part) {
            return switch (PartReading.ofWindow(rule.when(), part)) {
                case Reading.Value(var value)
                when rule.when().op().holds(value.exact(), rule.when().value()) ->
                    new BrokenRule(
                            rule.id(),
                            "rule '%s' stopped the run: %s over %s, it was %s"
                                    .formatted(rule.id(), rule.when().text(), Units.text(rule.span()), value.words()));
                case Reading.Value _, Reading.NoData _, Reading.TooLittle _ -> null;
            };
        }
    }
}
