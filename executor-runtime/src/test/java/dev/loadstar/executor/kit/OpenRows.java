package dev.loadstar.executor.kit;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.Load.RateStage;
import dev.loadstar.contract.plan.Load.Shape;
import dev.loadstar.contract.schedule.ArrivalSchedule;
import dev.loadstar.executor.kit.FidelityRow.Line;

/** The figures of the open model. */
final class OpenRows {

    private static final long SECOND = 1_000_000_000;

    private OpenRows() {}

    static List<FidelityRow> all() {
        var rows = new ArrayList<FidelityRow>();
        for (int rate : new int[] {3, 50, 500}) {
            for (int executors : new int[] {1, 2, 4}) {
                rows.add(new Even(rate, executors));
            }
        }
        rows.add(new Poisson());
        rows.add(new Stages());
        return rows;
    }

    /** A hold from the first instant on. */
    private record Even(int rate, int executors) implements FidelityRow {

        private static final int WINDOWS = 3;
        private static final int WINDOW_SECONDS = 10;

        @Override
        public String name() {
            return "even-%d-%d".formatted(rate, executors);
        }

        @Override
        public List<Line> measure(Bench bench) throws IOException, InterruptedException {
            String load = """
                    {"model": "open", "stages": [{"name": "hold", "duration": "%ds", "rate": "%d/s", "shape": "hold"}]}""".formatted(WINDOWS * WINDOW_SECONDS, rate);
            TargetLog log = bench.load(load, executors, "/ok");
            // Between two arrivals, so that none stands on a border.
            long from = log.origin(n -> n * SECOND / rate) - SECOND / rate / 2;
            String where = ", %d/s over %d".formatted(rate, executors);
            var lines = new ArrayList<Line>();
            lines.add(windows(log, from, where));
            if (executors == 4 && rate <= 50) {
                double most = rate == 3 ? 0.1 : 0.25;
                double spread = log.spreadOfGaps();
                lines.add(new Line(
                        "open", "spread of the gaps" + where, "≤ " + most, "%.3f".formatted(spread), spread <= most));
            }
            if (rate == 500) {
                lines.add(within(
                        "first second at full rate" + where,
                        log.windows(from, SECOND, 1),
                        rate,
                        Math.max(2, 0.02 * rate)));
            }
            return lines;
        }

        private Line windows(TargetLog log, long from, String where) {
            double planned = (double) rate * WINDOW_SECONDS;
            long[] counts = log.windows(from, WINDOW_SECONDS * SECOND, WINDOWS);
            return within("10 s windows" + where, counts, planned, Math.max(1, 0.01 * planned));
        }
    }

    /** The same chance, twice. */
    private record Poisson() implements FidelityRow {

        private static final int SECONDS = 30;

        @Override
        public String name() {
            return "poisson";
        }

        @Override
        public List<Line> measure(Bench bench) throws IOException, InterruptedException {
            String load = """
                    {"model": "open", "arrivals": "poisson",
                     "stages": [{"name": "hold", "duration": "%ds", "rate": "50/s", "shape": "hold"}]}""".formatted(SECONDS);
            TargetLog first = bench.load(load, 2, "/ok");
            TargetLog second = bench.load(load, 2, "/ok");
            long begin = first.instants()[0];
            double chance = TargetLog.dispersion(first.windows(begin, SECOND, SECONDS));
            double apart = apartMillis(first.instants(), second.instants());
            return List.of(
                    new Line(
                            "open",
                            "poisson, 50/s over 2: dispersion test",
                            "0.5 % … 99.5 %",
                            "%.1f %%".formatted(100 * chance),
                            chance > 0.005 && chance < 0.995),
                    new Line(
                            "open",
                            "poisson, same seed: instants of two runs, 99 of 100",
                            "within 10 ms, as many",
                            "%.1f ms, %d and %d"
                                    .formatted(
                                            apart,
                                            first.hits().size(),
                                            second.hits().size()),
                            apart <= 10 && first.hits().size() == second.hits().size()));
        }

        /** How far the instants of the two lie apart, of 99 in 100, when both are laid on each other. */
        private static double apartMillis(long[] one, long[] other) {
            int n = Math.min(one.length, other.length);
            double[] apart = IntStream.range(0, n)
                    .mapToDouble(i -> (double) (other[i] - one[i]) / 1e6)
                    .toArray();
            double[] sorted = apart.clone();
            Arrays.sort(sorted);
            double median = sorted[n / 2];
            double[] off =
                    Arrays.stream(apart).map(a -> Math.abs(a - median)).sorted().toArray();
            return off[n * 99 / 100];
        }
    }

    /** A ramp, a hold and a jump. */
    private record Stages() implements FidelityRow {

        private static final Load.Open PLAN = new Load.Open(
                0,
                List.of(
                        new RateStage("up", Duration.ofSeconds(10), 50, Shape.RAMP, true),
                        new RateStage("hold", Duration.ofSeconds(10), 50, Shape.HOLD, true),
                        new RateStage("down", Duration.ofSeconds(10), 20, Shape.JUMP, true)),
                Load.Arrivals.EVEN,
                1,
                10_000,
                Duration.ofSeconds(30));

        @Override
        public String name() {
            return "stages";
        }

        @Override
        public List<Line> measure(Bench bench) throws IOException, InterruptedException {
            TargetLog log = bench.load("""
                    {"model": "open", "stages": [
                      {"name": "up", "duration": "10s", "rate": "50/s", "shape": "ramp"},
                      {"name": "hold", "duration": "10s", "rate": "50/s", "shape": "hold"},
                      {"name": "down", "duration": "10s", "rate": "20/s", "shape": "jump"}]}""", 2, "/ok");
            var schedule = ArrivalSchedule.of(PLAN);
            int planned = (int) Math.ceil(schedule.total());
            long origin = log.origin(n -> schedule.due((double) Math.min(n, planned - 1)));
            // The first arrival of a stage is due at its border: looked at a little before it.
            long[] counts = log.windows(origin - 10_000_000, 10 * SECOND, 3);
            long[] instants = log.instants();
            return List.of(
                    within("ramp 0 → 50/s over 2", new long[] {counts[0]}, 250, 5),
                    within("hold 50/s over 2", new long[] {counts[1]}, 500, 10),
                    within("jump to 20/s over 2", new long[] {counts[2]}, 200, 4),
                    border(instants, schedule, 250),
                    border(instants, schedule, 750));
        }

        /** Neighbours in the sequence are different executors'. */
        private static Line border(long[] instants, ArrivalSchedule schedule, int first) {
            long one = instants[first] - schedule.due(first);
            long other = instants[first + 1] - schedule.due(first + 1);
            double apart = Math.abs((double) (one - other)) / 1e6;
            return new Line(
                    "open",
                    "border of two executors' stages at %.0f s".formatted((double) schedule.due(first) / 1e9),
                    "≤ 50 ms",
                    "%.1f ms".formatted(apart),
                    apart <= 50);
        }
    }

    private static Line within(String figure, long[] counts, double planned, double most) {
        return FidelityRows.within("open", figure, counts, planned, most);
    }
}
