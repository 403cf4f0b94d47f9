package dev.loadstar.contract.schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import dev.loadstar.contract.plan.DataPlan;
import dev.loadstar.contract.plan.ExecutorShare;
import dev.loadstar.contract.plan.Inputs;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.plan.Validity;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class SharesTests {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void sharesAddUpToThePlanWhateverItIs(long seed) {
        RunPlan plan = plan(new Random(seed));
        List<ExecutorShare> shares = Shares.of(plan);

        assertThat(shares)
                .extracting(ExecutorShare::executor)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, plan.executors().count())
                                .boxed()
                                .toList());
        for (ScenarioPlan scenario : plan.scenarios()) {
            var own = shares.stream()
                    .filter(share -> share.scenario().equals(scenario.name()))
                    .toList();
            switch (scenario.load()) {
                case Load.Open open -> checkRates(open, own);
                case Load.Closed closed -> checkStages(closed, own);
                case Load.Iterations iterations -> {
                    checkStages(iterations.asClosed(), own);
                    assertThat(own.stream().mapToLong(ExecutorShare::iterations).sum())
                            .isEqualTo(iterations.iterations());
                }
                case Load.FromScript _ ->
                    assertThat(own)
                            .allSatisfy(share -> assertThat(share.stages())
                                    .containsExactly(new ExecutorShare.StageShare("script", null, null, null, null)));
            }
            checkRows(own);
        }
    }

    private static void checkRows(List<ExecutorShare> shares) {
        assertThat(shares)
                .allSatisfy(share -> assertThat(share.rows().get("everyone")).isEqualTo(7));
        assertThat(shares.stream().mapToLong(share -> share.rows().get("each")).sum())
                .isEqualTo(1_000);
    }

    private static void checkRates(Load.Open open, List<ExecutorShare> shares) {
        for (int s = 0; s < open.stages().size(); s++) {
            int stage = s;
            assertThat(shares.stream()
                            .mapToDouble(share -> share.stages().get(stage).rate())
                            .sum())
                    .isCloseTo(open.stages().get(s).rate(), within(1e-9));
        }
    }

    private static void checkStages(Load.Closed closed, List<ExecutorShare> shares) {
        for (int s = 0; s < closed.stages().size(); s++) {
            checkStage(closed.stages().get(s), s, shares);
        }
    }

    private static void checkStage(Load.Stage stage, int index, List<ExecutorShare> shares) {
        var parts = shares.stream().map(share -> share.stages().get(index)).toList();
        assertThat(parts).allSatisfy(part -> {
            assertThat(part.name()).isEqualTo(stage.name());
            assertThat(part.durationMs()).isEqualTo(stage.duration().toMillis());
        });
        var users = parts.stream().mapToLong(ExecutorShare.StageShare::users).summaryStatistics();
        assertThat(users.getSum()).isEqualTo(stage.users());
        assertThat(users.getMax() - users.getMin()).isBetween(0L, 1L);
        if (stage.users() > 0) {
            assertThat(parts.stream()
                            .mapToDouble(ExecutorShare.StageShare::share)
                            .sum())
                    .isEqualTo(1, within(1e-9));
        } else {
            assertThat(parts).extracting(ExecutorShare.StageShare::share).containsOnlyNulls();
        }
    }

    private static RunPlan plan(Random random) {
        var scenarios = new ArrayList<ScenarioPlan>();
        for (int i = 0; i <= random.nextInt(4); i++) {
            scenarios.add(new ScenarioPlan(
                    "scenario " + i,
                    "jmeter",
                    Duration.ZERO,
                    new ScenarioPlan.Script("a.jmx", Map.of()),
                    load(random),
                    List.of("everyone", "each")));
        }
        int executors = scenarios.size() + random.nextInt(20);
        return new RunPlan(
                "any",
                null,
                Map.of(),
                new RunPlan.Source(null, null, null, "loadstar.json"),
                "sha256:" + "0".repeat(64),
                List.of(),
                new RunPlan.Target("http://127.0.0.1:1", List.of("127.0.0.1")),
                scenarios,
                new RunPlan.ExecutorsPlan(executors, Duration.ZERO, Duration.ZERO, RunPlan.OnLoss.CONTINUE),
                List.of(),
                Validity.DEFAULT,
                new Inputs(
                        Map.of(),
                        List.of(),
                        List.of(data("everyone", 7, DataPlan.Share.ALL), data("each", 1_000, DataPlan.Share.UNIQUE))));
    }

    private static DataPlan data(String name, long rows, DataPlan.Share share) {
        return new DataPlan(
                name,
                name + ".csv",
                ',',
                List.of("a"),
                true,
                rows,
                share,
                DataPlan.Order.SEQUENTIAL,
                DataPlan.OnExhausted.RECYCLE,
                false);
    }

    private static Load load(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new Load.FromScript(Duration.ZERO);
            case 1 ->
                new Load.Iterations(
                        1 + random.nextInt(30), 1 + random.nextInt(1_000), Duration.ofHours(1), Duration.ZERO);
            default -> closed(random);
        };
    }

    private static Load closed(Random random) {
        var stages = new ArrayList<Load.Stage>();
        for (int i = 0; i <= random.nextInt(5); i++) {
            stages.add(new Load.Stage(
                    "stage " + i,
                    Duration.ofMillis(1 + random.nextInt(60_000)),
                    random.nextInt(random.nextBoolean() ? 10 : 100_000),
                    random.nextBoolean() ? Load.Shape.RAMP : Load.Shape.HOLD,
                    true));
        }
        return new Load.Closed(random.nextInt(5), stages, Duration.ZERO);
    }
}
