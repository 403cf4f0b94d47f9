package dev.loadstar.executor.jmeter;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import dev.loadstar.contract.plan.Load;
import dev.loadstar.executor.kit.KitRows;
import dev.loadstar.executor.secret.Secrets;
import dev.loadstar.executor.tool.Sample;
import dev.loadstar.executor.tool.ToolSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class JMeterToolTests {

    @TempDir
    Path folder;

    @Test
    void everyRequestOfARealPlanIsCountedOnceUnderItsLabel() throws Exception {
        try (var target = new Target(Duration.ofMillis(2))) {
            var samples = run(Plans.hold(4, Duration.ofSeconds(3)), target);

            var requests = samples.counts(Sample.Kind.REQUEST);
            var hits = target.counts();
            assertThat(requests).doesNotContainKey("switched off");
            assertThat(requests.get("add to cart")).isEqualTo(hits.get("cart")).isGreaterThan(10);
            assertThat(requests.get("pay")).isEqualTo(hits.get("pay"));
            assertThat(requests.get("home")).isEqualTo(hits.get("home"));
            assertThat(requests.get("moved")).isEqualTo(hits.get("moved")).isEqualTo(hits.get("landed"));
            assertThat(requests.get("only ada")).isEqualTo(hits.get("ada")).isLessThan(hits.get("moved"));
            assertThat(requests.get("missing"))
                    .isEqualTo(hits.get("missing"))
                    .isCloseTo(samples.of("moved").size() / 2L, within(3L));
            assertThat(requests.get("prepare")).isEqualTo(hits.get("prepare")).isEqualTo(1);
            assertThat(requests.get("clean up")).isEqualTo(hits.get("cleanup")).isEqualTo(1);
            assertThat(requests.get("compute")).isEqualTo(requests.get("moved"));
            assertThat(samples.counts(Sample.Kind.TRANSACTION)).containsOnlyKeys("checkout", "look around");
            assertThat(samples.of("missing")).allMatch(sample -> "http.404".equals(sample.errorKind()));
            assertThat(samples.of("compute")).allMatch(sample -> sample.errorKind() == null);
            assertThat(folder.resolve("results.jtl")).doesNotExist();
        }
    }

    private Samples run(Load load, Target target) throws InterruptedException {
        var samples = new Samples();
        var scenario = Plans.scenario("jmeter/shop.jmx", load, Map.of());
        var shard = Plans.shard(scenario, target, 0, 1);
        try (ToolSession session = new JMeterTool()
                .prepare(
                        shard,
                        Secrets.NONE,
                        Plans.workspace(folder),
                        samples,
                        () -> true,
                        KitRows.of(shard.inputs()))) {
            session.start(Instant.now().plusMillis(500));
            assertThat(session.await()).isEqualTo(ToolSession.ToolEnd.DONE);
        }
        return samples;
    }
}
