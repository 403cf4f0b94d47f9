package dev.loadstar.validator.definition;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import dev.loadstar.contract.definition.Units;
import dev.loadstar.contract.plan.AssertionPlan.Metric;
import dev.loadstar.contract.plan.TargetQuery;
import dev.loadstar.contract.problem.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * A metric that assertions can be made about: which statistics it has and in which unit each is written.
 *
 * @param stats how it can be counted; empty of one that has values, and so percentiles, mean, extremes and deviation
 * @param unit of values
 * @param usual statistic where none is written; null where one must be
 */
record AssertionMetric(
        String key,
        Metric metric,
        List<Stat> stats,
        Stat unit,
        @Nullable String usual) {

    private static final String PROMETHEUS = "prometheus.";

    private static final List<AssertionMetric> ALL = List.of(
            times("latency.service", Metric.LATENCY_SERVICE),
            times("latency.intended", Metric.LATENCY_INTENDED),
            times("connect", Metric.CONNECT),
            times("ttfb", Metric.TTFB),
            counts("errors", Metric.ERRORS, Stat.RATIO, Stat.COUNT, Stat.RATE),
            counts("requests", Metric.REQUESTS, Stat.COUNT, Stat.RATE),
            counts("bytes.received", Metric.BYTES_RECEIVED, Stat.COUNT, Stat.RATE),
            counts("load.delivered", Metric.LOAD_DELIVERED, Stat.RATIO),
            counts("arrivals.dropped", Metric.ARRIVALS_DROPPED, Stat.COUNT, Stat.RATIO, Stat.RATE),
            new AssertionMetric("generator.cpu", Metric.GENERATOR_CPU, List.of(), Stat.RATIO, "max"));

    private static AssertionMetric times(String key, Metric metric) {
        return new AssertionMetric(key, metric, List.of(), Stat.TIME, null);
    }

    private static AssertionMetric counts(String key, Metric metric, Stat... stats) {
        return new AssertionMetric(key, metric, List.of(stats), Stat.COUNT, null);
    }

    private static AssertionMetric of(TargetQuery query) {
        Stat unit = switch (query.unit()) {
            case PERCENT -> Stat.PERCENT;
            case RATIO -> Stat.RATIO;
            case SECONDS -> Stat.SECONDS;
            case BYTES, COUNT -> Stat.COUNT;
            case PER_SECOND -> Stat.RATE;
        };
        return new AssertionMetric(PROMETHEUS + query.id(), Metric.PROMETHEUS, List.of(), unit, null);
    }

    static final List<String> BUILT = ALL.stream().map(AssertionMetric::key).toList();

    /** What a sentence may start with, for suggestions. */
    static final List<String> SUBJECTS =
            List.of("p50", "p90", "p95", "p99", "p99.9", "avg", "min", "max", "stddev", "errors", "requests");

    private static final Set<String> NOT_YET = Set.of("checks");

    /** @param queries whose values are metrics, too */
    static Optional<AssertionMetric> of(String key, List<TargetQuery> queries) {
        return Stream.concat(ALL.stream(), queries.stream().map(AssertionMetric::of))
                .filter(one -> one.key.equals(key))
                .findFirst();
    }

    /** Id of the query whose values that metric is of; null for every other. */
    static @Nullable String query(String key) {
        return key.startsWith(PROMETHEUS) ? key.substring(PROMETHEUS.length()) : null;
    }

    /** Whether the format has it, built or not. */
    static boolean isKnown(String key) {
        return of(key, List.of()).isPresent() || NOT_YET.contains(key) || query(key) != null;
    }

    /** The statistic; where none is written the one that the limit's unit asks for, else the first. */
    String stat(@Nullable String written, String value) throws Unfit {
        if (stats.isEmpty()) {
            String stat = written == null ? usual : written;
            if (stat == null || Stat.of(stat).isPresent() || (stat.equals("last") && unit == Stat.TIME)) {
                throw new Unfit(ErrorCode.VALUE_INVALID, true, "`%s` needs a `stat` such as p95 or avg".formatted(key));
            }
            return stat;
        }
        if (written == null) {
            return stats.stream()
                    .filter(stat -> stat.reads(value))
                    .findFirst()
                    .orElse(stats.getFirst())
                    .key();
        }
        return Stat.of(written)
                .filter(stats::contains)
                .map(Stat::key)
                .orElseThrow(() -> new Unfit(
                        ErrorCode.VALUE_INVALID,
                        true,
                        "`%s` has no `%s`; it has %s"
                                .formatted(
                                        key,
                                        written,
                                        String.join(
                                                ", ",
                                                stats.stream().map(Stat::key).toList()))));
    }

    /** The limit in the unit of the plan: milliseconds, 0…1, a count, per second. */
    double value(String stat, String value) throws Unfit {
        Stat written = Stat.of(stat).orElse(unit);
        if (!written.reads(value)) {
            throw new Unfit(
                    ErrorCode.UNIT_INVALID,
                    false,
                    "\"%s\" is not %s".formatted(value, stats.isEmpty() ? unit.wanted : wanted()));
        }
        return written.read(value);
    }

    private String wanted() {
        return String.join(" or ", stats.stream().map(stat -> stat.wanted).toList());
    }

    /** A kind of statistic and how its limit is written. */
    enum Stat {
        RATIO("ratio", "a share such as 1%"),
        COUNT("count", "a number such as 1000"),
        RATE("rate", "a rate such as 100/s"),
        PERCENT("percent", "a share such as 80%"),
        SECONDS("seconds", "a duration such as 300ms"),
        TIME("time", "a duration such as 300ms");

        /** Those that count; the others are units of values. */
        private static final Set<Stat> COUNTING = Set.of(RATIO, COUNT, RATE);

        private final String key;
        private final String wanted;

        Stat(String key, String wanted) {
            this.key = key;
            this.wanted = wanted;
        }

        static Optional<Stat> of(String key) {
            return Arrays.stream(values())
                    .filter(stat -> stat.key.equals(key) && COUNTING.contains(stat))
                    .findFirst();
        }

        String key() {
            return key;
        }

        boolean reads(String value) {
            try {
                return Double.isFinite(read(value));
            } catch (IllegalArgumentException e) {
                return false;
            }
        }

        double read(String value) {
            return switch (this) {
                case RATIO -> Units.share(value);
                case COUNT -> count(value);
                case RATE -> Units.rate(value);
                case PERCENT -> Units.share(value) * 100;
                case SECONDS -> Units.duration(value).toNanos() / 1e9;
                case TIME -> Units.duration(value).toNanos() / 1e6;
            };
        }

        private static double count(String value) {
            if (!value.matches("\\d{1,15}(\\.\\d{1,6})?")) {
                throw new IllegalArgumentException(value);
            }
            return Double.parseDouble(value);
        }
    }

    /** Statistic or limit do not fit the metric. */
    static final class Unfit extends Exception {

        private final ErrorCode code;
        private final boolean ofStat;

        Unfit(ErrorCode code, boolean ofStat, String message) {
            super(message);
            this.code = code;
            this.ofStat = ofStat;
        }

        ErrorCode code() {
            return code;
        }

        boolean ofStat() {
            return ofStat;
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }
}
