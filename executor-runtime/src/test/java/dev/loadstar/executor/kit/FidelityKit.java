package dev.loadstar.executor.kit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.Load.RateStage;
import dev.loadstar.contract.plan.Load.Shape;
import dev.loadstar.contract.plan.Load.Stage;
import dev.loadstar.contract.plan.Requests;
import dev.loadstar.contract.plan.Work;
import dev.loadstar.contract.schedule.ArrivalSchedule;
import dev.loadstar.executor.tool.LoadTool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One short case of each figure that says how exact load is, for every tool: executors as processes, a target with a log of
 * its own. What a schedule decides (how many, when intended, never more than) is judged strictly, what the machine's own
 * scheduler decides generously; {@code ./loadstar verify fidelity} judges that
 * strictly, on a machine with nothing else to do.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class FidelityKit {

    private static final long SECOND = 1_000_000_000;
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final int MANY_USERS = 5_000;

    /** Arrivals are on the grid of the schedule to a microsecond, into which an instant is rounded. */
    private static final long ROUNDING = 2;

    @SuppressWarnings("NullAway.Init") // before all tests
    private TargetProcess target;

    @SuppressWarnings("NullAway.Init") // before all tests
    private KitFleet fleet;

    /** The tool, with a public constructor without parameters. */
    protected abstract Class<? extends LoadTool> tool();

    @BeforeAll
    void open(@TempDir Path folder) throws IOException {
        target = TargetProcess.start();
        fleet = new KitFleet(tool(), folder);
    }

    @AfterAll
    void close() {
        fleet.close();
        target.close();
    }

    @BeforeEach
    void forget() throws IOException, InterruptedException {
        target.reset();
    }

    @Test
    void arrivalsOfFourExecutorsAreThoseOfThePlanThroughAllStages() throws Exception {
        var load = open(
                Load.Arrivals.EVEN,
                MANY_USERS,
                rate("hold", 1.5, 40, Shape.HOLD),
                rate("up", 1, 80, Shape.RAMP),
                rate("down", 1, 20, Shape.JUMP));
        var run = fleet.run(get("/ok"), load, target, 4);

        var schedule = ArrivalSchedule.of(load);
        assertIntended(run, LongStream.range(0, 140).map(schedule::due).toArray());
        assertThat(run.begun()).isEqualTo(140);
        assertThat(run.target().hits()).hasSize(140);
        long[] stages = run.target().windows(run.startNanos(), SECOND / 2, 7);
        assertThat(stages[0] + stages[1] + stages[2]).isBetween(50L, 62L);
        assertThat(stages[5] + stages[6]).isBetween(16L, 35L);
    }

    @Test
    void evenArrivalsOfFourExecutorsAreEvenlySpaced() throws Exception {
        var run =
                fleet.run(get("/ok"), open(Load.Arrivals.EVEN, MANY_USERS, rate("hold", 3, 20, Shape.HOLD)), target, 4);

        assertIntended(run, LongStream.range(0, 60).map(n -> n * SECOND / 20).toArray());
        assertThat(run.target().hits()).hasSize(60);
        assertThat(run.target().spreadOfGaps()).isLessThan(1);
    }

    @Test
    void firstSecondAtFullRateIsLikeTheOthers() throws Exception {
        var run = fleet.run(
                get("/ok"), open(Load.Arrivals.EVEN, MANY_USERS, rate("hold", 2, 500, Shape.HOLD)), target, 1);

        assertThat(run.begun() + run.late()).isEqualTo(1_000);
        assertThat(run.target().hits()).hasSize((int) run.begun());
        assertThat(run.target().windows(run.startNanos(), SECOND, 1)[0]).isBetween(350L, 501L);
    }

    @Test
    void poissonArrivalsAreOfChanceAndTheSameForTheSameSeed() throws Exception {
        var load = open(Load.Arrivals.POISSON, MANY_USERS, rate("hold", 3, 50, Shape.HOLD));
        var first = fleet.run(get("/ok"), load, target, 2);
        target.reset();
        var second = fleet.run(get("/ok"), load, target, 2);

        assertThat(second.intended()).isEqualTo(first.intended()).hasSize((int) first.begun());
        assertThat(second.target().hits()).hasSameSizeAs(second.intended());
        long[] counts = new long[30];
        first.intended().forEach(micros -> counts[(int) (micros / 100_000)]++);
        assertThat(TargetLog.dispersion(counts)).isBetween(0.005, 0.995);
    }

    @Test
    void arrivalsAboveTheMostUsersAreDroppedAndCounted() throws Exception {
        var run =
                fleet.run(get("/hold/1000"), open(Load.Arrivals.EVEN, 10, rate("hold", 2, 40, Shape.HOLD)), target, 2);

        assertThat(run.target().peak()).isEqualTo(10);
        assertThat(run.target().hits()).hasSize((int) run.begun());
        assertThat(run.begun() + run.dropped() + run.late()).isEqualTo(80);
        assertThat(run.dropped()).isBetween(55L, 70L);
    }

    @Test
    void closedUsersAreThoseThatThePlanWants() throws Exception {
        var load = new Load.Closed(
                0,
                List.of(
                        new Stage("up", Duration.ofSeconds(2), 200, Shape.RAMP, true),
                        new Stage("hold", Duration.ofSeconds(2), 200, Shape.HOLD, true)),
                GRACE);
        var run = fleet.run(get("/hold/1000"), load, target, 2);

        assertThat(run.target().peak()).isBetween(190L, 200L);
        for (int half = 1; half < 8; half++) {
            long wanted = Math.min(200, 50L * half);
            // Never more users than wanted; how many fewer depends on how fast a busy machine begins them.
            assertThat(run.target().inFlight(run.startNanos() + half * SECOND / 2))
                    .isBetween(wanted - 60, wanted + 1);
        }
    }

    @Test
    void weightsHoldOverManyRequests() throws Exception {
        double[] weights = {65, 25, 10};
        var run =
                fleet.run(weighted(weights), new Load.Iterations(20, 10_000, Duration.ofMinutes(1), GRACE), target, 2);

        var counts = run.target().countsByPath();
        long[] seen = IntStream.range(0, weights.length)
                .mapToLong(n -> counts.getOrDefault("/" + n, 0L))
                .toArray();
        assertThat(Arrays.stream(seen).sum()).isEqualTo(10_000);
        assertThat(TargetLog.chiSquare(weights, seen)).isGreaterThan(0.01);
    }

    @Test
    void pacingGivesEachUserOneIterationInEachInterval() throws Exception {
        var load = new Load.Closed(100, List.of(hold(2.5, 100)), Duration.ofSeconds(1), null, GRACE);
        var run = fleet.run(get("/ok"), load, target, 2);

        // Each user's own grid begins with its own start, so that one begun late has fewer: on a busy machine alone.
        assertThat(run.target().hits()).hasSizeBetween(200, 300);
        assertThat(run.target().hits()).hasSize(run.intended().size());
        assertThat(run.intended().getFirst()).isBetween(0L, 1_000_000L);
    }

    @Test
    void rateCapHoldsOverAllExecutors() throws Exception {
        var load = new Load.Closed(20, List.of(hold(2, 20)), Duration.ZERO, 100.0, GRACE);
        var run = fleet.run(get("/ok"), load, target, 2);

        assertThat((double) run.target().hits().size()).isBetween(120.0, 200.0 + 20);
        assertThat(run.requests()).isEqualTo(run.target().hits().size());
    }

    /** Each index of the sequence is begun once, by one of the executors, and intended for its own instant. */
    private static void assertIntended(KitFleet.Run run, long[] dueNanos) {
        var intended = run.intended();
        assertThat(intended).hasSize(dueNanos.length);
        for (int n = 0; n < dueNanos.length; n++) {
            assertThat(intended.get(n)).isBetween(dueNanos[n] / 1_000 - ROUNDING, dueNanos[n] / 1_000 + ROUNDING);
        }
    }

    private static Load.Open open(Load.Arrivals arrivals, int maxUsers, RateStage... stages) {
        return new Load.Open(stages[0].rate(), List.of(stages), arrivals, 42, maxUsers, GRACE);
    }

    private static RateStage rate(String name, double seconds, double rate, Shape shape) {
        return new RateStage(name, Duration.ofMillis(Math.round(seconds * 1_000)), rate, shape, true);
    }

    private static Stage hold(double seconds, int users) {
        return new Stage("hold", Duration.ofMillis(Math.round(seconds * 1_000)), users, Shape.HOLD, true);
    }

    private static Work get(String path) {
        return requests(List.of(request(path, null)));
    }

    private static Work weighted(double[] weights) {
        var list = new ArrayList<Requests.Request>();
        for (int n = 0; n < weights.length; n++) {
            list.add(request("/" + n, weights[n]));
        }
        return requests(list);
    }

    private static Requests requests(List<Requests.Request> list) {
        return new Requests(Duration.ofSeconds(10), true, false, list);
    }

    private static Requests.Request request(String path, @Nullable Double weight) {
        var any = new Requests.Expect(List.of(), null, List.of());
        return new Requests.Request(path, "GET", path, Map.of(), Map.of(), null, null, weight, any, List.of());
    }
}
