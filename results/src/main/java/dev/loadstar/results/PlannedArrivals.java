package dev.loadstar.results;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.plan.Shard;
import dev.loadstar.contract.schedule.ArrivalCursor;
import dev.loadstar.contract.schedule.ArrivalSchedule;
import dev.loadstar.contract.schedule.ShardSchedule;

/** How many arrivals of an open load are due in a time, counted from the start of the scenario. */
sealed interface PlannedArrivals {

    /** Beyond so many, chance makes less than half a percent, and counting them one by one is no longer worth it. */
    int COUNTED = 200_000;

    static PlannedArrivals of(RunPlan plan, ScenarioPlan scenario, Load.Open load) {
        var schedule = ArrivalSchedule.of(load);
        return switch (load.arrivals()) {
            case EVEN -> new Even(schedule);
            case POISSON ->
                schedule.total() > COUNTED
                        ? new Even(schedule)
                        : Counted.of(new Shard(1, 0, 1, scenario, plan.target(), List.of(), plan.inputs()));
        };
    }

    /** Due at {@code from} or later, and before {@code to}. */
    long between(Duration from, Duration to);

    /** Arrival k is due when k have accumulated. */
    record Even(ArrivalSchedule schedule) implements PlannedArrivals {

        /** In arrivals: times went through nanoseconds. */
        private static final double ROUNDING = 1e-6;

        @Override
        public long between(Duration from, Duration to) {
            return Math.max(0, before(to) - before(from));
        }

        private long before(Duration time) {
            return (long) Math.ceil(schedule.accumulated(time.toNanos()) - ROUNDING);
        }
    }

    /** Each at an instant of its own. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Counted(long[] dueNanos) implements PlannedArrivals {

        static Counted of(Shard whole) {
            var due = new long[COUNTED * 2];
            int count = 0;
            var cursor = new ArrivalCursor(ShardSchedule.of(whole));
            for (var next = cursor.next(); next != null && count < due.length; next = cursor.next()) {
                due[count++] = next.dueNanos();
                cursor.taken(next);
            }
            return new Counted(Arrays.copyOf(due, count));
        }

        @Override
        public long between(Duration from, Duration to) {
            return Math.max(0, before(to.toNanos()) - before(from.toNanos()));
        }

        private int before(long nanos) {
            int found = Arrays.binarySearch(dueNanos, nanos);
            int first = found < 0 ? -found - 1 : found;
            while (first > 0 && dueNanos[first - 1] == nanos) {
                first--;
            }
            return first;
        }
    }
}
