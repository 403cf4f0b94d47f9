package dev.loadstar.contract.schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import dev.loadstar.contract.plan.Inputs;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.Load.Shape;
import dev.loadstar.contract.plan.PlanRevision;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.plan.Shard;
import dev.loadstar.contract.plan.Stripe;
import dev.loadstar.contract.plan.Stripes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ArrivalCursorTests {

    private static final long SECOND = 1_000_000_000L;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 7})
    void executorsTogetherMakeTheWholeSequence(int executors) {
        var load = hold(3, 20, Load.Arrivals.EVEN);

        List<Arrival> all = IntStream.range(0, executors)
                .mapToObj(index -> drain(new ArrivalCursor(schedule(load, index, executors))))
                .flatMap(List::stream)
                .sorted(Comparator.comparing(Arrival::index))
                .toList();

        assertThat(all)
                .extracting(Arrival::index)
                .containsExactlyElementsOf(LongStream.range(0, 60).boxed().toList());
        for (int k = 1; k < all.size(); k++) {
            assertThat(all.get(k).dueNanos() - all.get(k - 1).dueNanos()).isCloseTo(SECOND / 3, within(2L));
        }
    }

    @Test
    void thePoissonProcessIsTheSameForTheSameSeedAndHasItsMeanAndSpread() {
        var load = hold(50, 200, Load.Arrivals.POISSON);
        List<Arrival> once = drain(new ArrivalCursor(schedule(load, 0, 1)));
        List<Arrival> shared = new ArrayList<>();
        for (int index = 0; index < 3; index++) {
            shared.addAll(drain(new ArrivalCursor(schedule(load, index, 3))));
        }

        assertThat(shared).containsExactlyInAnyOrderElementsOf(once);
        long[] perSecond = new long[200];
        once.forEach(arrival -> perSecond[(int) (arrival.dueNanos() / SECOND)]++);
        double mean = LongStream.of(perSecond).average().orElseThrow();
        double variance = LongStream.of(perSecond)
                        .mapToDouble(n -> (n - mean) * (n - mean))
                        .sum()
                / 199;
        // Index of dispersion: 199 times it is chi-squared with 199 degrees of freedom, here within four of its
        // deviations.
        assertThat(mean).isCloseTo(50, within(2.0));
        assertThat(variance / mean).isCloseTo(1, within(0.4));
    }

    @ParameterizedTest
    @EnumSource(Load.Arrivals.class)
    void takingOverALostStripeContinuesTheSequence(Load.Arrivals arrivals) {
        var load = hold(40, 10, arrivals);
        List<Arrival> whole = drain(new ArrivalCursor(schedule(load, 0, 1)));
        Duration lossAt = Duration.ofMillis(4_321);
        var lost = Stripes.of(3, 4);

        var made = new ArrayList<Arrival>();
        for (int index = 0; index < 3; index++) {
            var start = schedule(load, index, 4);
            var cursor = new ArrivalCursor(start);
            takeUntil(cursor, 4 * SECOND, made);
            var heir = Stripes.of(index, 4).inheriting(lost, index, 3);
            cursor.follow(start.revised(new PlanRevision(1, lossAt, load, heir.all())));
            made.addAll(drain(cursor));
        }

        assertThat(made)
                .containsExactlyInAnyOrderElementsOf(whole.stream()
                        .filter(arrival -> arrival.dueNanos() >= lossAt.toNanos() || !lost.owns(arrival.index()))
                        .toList());
    }

    @Test
    void aChangedRateHoldsFromItsInstantOnAndNoArrivalIsMadeTwice() {
        var start = schedule(hold(10, 10, Load.Arrivals.EVEN), 0, 1);
        var cursor = new ArrivalCursor(start);
        var made = new ArrayList<Arrival>();
        takeUntil(cursor, 2 * SECOND, made);
        var faster = new Load.Open(
                0,
                List.of(stage(5, 10, Shape.HOLD), stage(5, 30, Shape.JUMP)),
                Load.Arrivals.EVEN,
                1,
                100,
                Duration.ZERO);

        cursor.follow(start.revised(new PlanRevision(1, Duration.ofSeconds(5), faster, List.of(Stripe.WHOLE))));
        made.addAll(drain(cursor));

        assertThat(made)
                .extracting(Arrival::index)
                .containsExactlyElementsOf(LongStream.range(0, 50 + 150).boxed().toList());
        assertThat(made.get(51).dueNanos() - made.get(50).dueNanos()).isCloseTo(SECOND / 30, within(2L));
    }

    @Test
    void aRevisionThatComesLateRepeatsNothing() {
        var load = hold(10, 10, Load.Arrivals.EVEN);
        var start = schedule(load, 0, 2);
        var cursor = new ArrivalCursor(start);
        var made = new ArrayList<Arrival>();
        takeUntil(cursor, 6 * SECOND, made);

        cursor.follow(start.revised(new PlanRevision(1, Duration.ofSeconds(5), load, List.of(Stripe.WHOLE))));
        made.addAll(drain(cursor));

        assertThat(made)
                .extracting(Arrival::index)
                .doesNotHaveDuplicates()
                .isSorted()
                .endsWith(97L, 98L, 99L);
    }

    private static void takeUntil(ArrivalCursor cursor, long nanos, List<Arrival> made) {
        for (Arrival next = cursor.next(); next != null && next.dueNanos() < nanos; next = cursor.next()) {
            cursor.taken(next);
            made.add(next);
        }
    }

    private static List<Arrival> drain(ArrivalCursor cursor) {
        var all = new ArrayList<Arrival>();
        takeUntil(cursor, Long.MAX_VALUE, all);
        return all;
    }

    private static Load.Open hold(double rate, long seconds, Load.Arrivals arrivals) {
        return new Load.Open(0, List.of(stage(seconds, rate, Shape.HOLD)), arrivals, 42, 100, Duration.ZERO);
    }

    private static Load.RateStage stage(long seconds, double rate, Shape shape) {
        return new Load.RateStage("stage", Duration.ofSeconds(seconds), rate, shape, true);
    }

    private static ShardSchedule schedule(Load load, int index, int of) {
        var scenario =
                new ScenarioPlan("shop", "kit", Duration.ZERO, new ScenarioPlan.Script("s", Map.of()), load, List.of());
        var target = new RunPlan.Target("http://127.0.0.1", List.of("127.0.0.1"));
        return ShardSchedule.of(new Shard(index + 1, index, of, scenario, target, List.of(), Inputs.NONE));
    }
}
