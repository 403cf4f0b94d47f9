package dev.loadstar.reporting;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;

import dev.loadstar.contract.plan.AssertionPlan;
import dev.loadstar.contract.plan.TargetQuery;
import dev.loadstar.contract.run.Verdict;
import dev.loadstar.results.RunResults;
import dev.loadstar.results.TargetSeries;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What targets tell, with a real Prometheus where one is installed. */
@EnabledIf("dev.loadstar.reporting.RealPrometheus#isInstalled")
class TargetMetricsTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private final Installation installation = Installation.shared();
    private final RunResults results = new RunResults(installation.database());
    private RealPrometheus prometheus;
    private ConfigurableApplicationContext reporting;
    private TestStream stream;

    @BeforeEach
    void start() throws IOException {
        prometheus = RealPrometheus.start(folder);
        reporting = installation.startReporting("loadstar.prometheus.staging.url=" + prometheus.url() + "/");
        stream = new TestStream(installation.bootstrap());
    }

    @AfterEach
    void stop() {
        stream.close();
        reporting.close();
        prometheus.close();
    }

    @Test
    void valuesAreKeptOnTheRunsOwnAxisOfTimeAndQueriesThatGiveNoneSayWhy() throws Exception {
        var run = new SimulatedRun();
        run.asking(
                query("age", "time() - %d".formatted(run.start), 1),
                query("nothing", "vector(1) > 2", 1),
                query("wrong", "sum(", 1),
                query("several", "label_replace(vector(1), \"a\", \"b\", \"\", \"\") or vector(2)", 1));
        run.judgedBy(age(AssertionPlan.Op.LT, 5));
        stream.send(run, List.of(run.opened()));
        stream.send(run, run.points(0, SimulatedRun.SECONDS));
        await("values while it runs")
                .atMost(PATIENCE)
                .until(() -> !series(run, 0).values().isEmpty());
        stream.send(run, run.ends());

        var reported = stream.awaitReported(run.id, PATIENCE);

        assertThat(reported.getVerdict()).as("its greatest age is 9 s").isEqualTo(Verdict.FAILED.name());

        assertThat(series(run, 0).problem()).isNull();
        assertThat(series(run, 0).values())
                .isEqualTo(LongStream.rangeClosed(0, SimulatedRun.SECONDS)
                        .mapToObj(n -> new TargetSeries.Value(Instant.ofEpochSecond(run.start + n), (double) n))
                        .toList());
        assertThat(series(run, 1).values()).isEmpty();
        assertThat(series(run, 1).problem()).isNull();
        assertThat(series(run, 2).problem())
                .startsWith("Prometheus `staging` answered 400: ")
                .contains("parse error");
        assertThat(series(run, 3).problem())
                .isEqualTo("the query gave 2 series; make one of them, such as with sum(…) or max(…)");
        assertThat(results.target(run.id, Instant.ofEpochSecond(run.start + 8))
                        .getFirst()
                        .values())
                .hasSize(3);
    }

    @Test
    void prometheusThatWentAwayIsWaitedForAndThenNamed() throws Exception {
        var run = new SimulatedRun();
        run.asking(query("age", "time() - %d".formatted(run.start), 2));
        run.judgedBy(age(AssertionPlan.Op.LT, 100));
        stream.send(run, List.of(run.opened()));
        stream.send(run, run.points(0, SimulatedRun.SECONDS));
        await("values while it runs")
                .atMost(PATIENCE)
                .until(() -> !series(run, 0).values().isEmpty());
        prometheus.close();
        stream.send(run, run.ends());

        var reported = stream.awaitReported(run.id, PATIENCE);

        assertThat(reported.getVerdict()).isEqualTo(Verdict.INVALID.name());
        assertThat(reported.getReason()).contains("age", "cannot be judged: Prometheus `staging` did not answer");
        assertThat(series(run, 0).problem()).startsWith("Prometheus `staging` did not answer");
    }

    private static AssertionPlan age(AssertionPlan.Op op, double value) {
        return new AssertionPlan(
                "age",
                "max prometheus.age %s %s".formatted(op.sign(), value),
                AssertionPlan.Metric.PROMETHEUS,
                "max",
                AssertionPlan.Scope.ALL.of("age"),
                op,
                value,
                "/assertions/0");
    }

    private static TargetQuery query(String id, String promql, int step) {
        return new TargetQuery(id, "target", "staging", promql, TargetQuery.Unit.SECONDS, Duration.ofSeconds(step));
    }

    private TargetSeries series(SimulatedRun run, int index) {
        var all = results.target(run.id, Instant.EPOCH);
        return all.isEmpty() ? new TargetSeries("", "", "", "", "", List.of()) : all.get(index);
    }
}
