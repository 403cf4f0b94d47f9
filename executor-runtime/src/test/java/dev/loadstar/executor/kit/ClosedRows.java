package dev.loadstar.executor.kit;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import dev.loadstar.executor.kit.FidelityRow.Line;

/** The figures of the models that are a number of users. */
final class ClosedRows {

    private static final long SECOND = 1_000_000_000;

    private ClosedRows() {}

    static List<FidelityRow> all() {
        return List.of(
                new FirstRequests(),
                new ActiveUsers(1),
                new ActiveUsers(4),
                new Weights(),
                new Pacing(),
                new RateCap());
    }

    /** How far apart four executors begin. */
    private record FirstRequests() implements FidelityRow {

        private static final int RUNS = 10;

        @Override
        public String name() {
            return "first-requests";
        }

        @Override
        public List<Line> measure(Bench bench) throws IOException, InterruptedException {
            double[] apart = new double[RUNS];
            for (int run = 0; run < RUNS; run++) {
                long[] instants = bench.load("""
                        {"model": "closed", "stages": [{"name": "hold", "duration": "2s", "users": 4, "shape": "hold"}]}""", 4, "/hold/1000").instants();
                apart[run] = (double) (instants[3] - instants[0]) / 1e6;
            }
            Arrays.sort(apart);
            double median = (apart[RUNS / 2 - 1] + apart[RUNS / 2]) / 2;
            return List.of(new Line(
                    "closed",
                    "first requests of 4 executors, median of 10 runs",
                    "≤ 10 ms",
                    "%.1f ms (%.1f … %.1f)".formatted(median, apart[0], apart[RUNS - 1]),
                    median <= 10));
        }
    }

    /** Requests in flight, where every answer takes a second and nobody thinks. */
    private record ActiveUsers(int executors) implements FidelityRow {

        private static final int RAMP_SECONDS = 10;
        private static final int SECONDS = 20;
        private static final int USERS = 200;

        @Override
        public String name() {
            return "active-users-" + executors;
        }

        @Override
        public List<Line> measure(Bench bench) throws IOException, InterruptedException {
            TargetLog log = bench.load(
                    """
                    {"model": "closed", "stages": [
                      {"name": "up", "duration": "%ds", "users": %d, "shape": "ramp"},
                      {"name": "hold", "duration": "%ds", "users": %d, "shape": "hold"}]}""".formatted(RAMP_SECONDS, USERS, SECONDS - RAMP_SECONDS, USERS), executors, "/hold/1000");
            // User n is due when the line passes the middle towards it.
            double perUser = (double) RAMP_SECONDS * SECOND / USERS;
            long origin = log.instants()[0] - Math.round(perUser / 2);
            double worst = 0;
            boolean holds = true;
            for (int second = 0; second < SECONDS; second++) {
                double wanted = second < RAMP_SECONDS ? USERS * (second + 0.5) / RAMP_SECONDS : USERS;
                double off = active(log, origin + second * SECOND) - wanted;
                worst = Math.abs(off) > Math.abs(worst) ? off : worst;
                holds &= Math.abs(off) <= Math.max(1, 0.02 * wanted);
            }
            return List.of(new Line(
                    "closed",
                    "200 users, ramp 10 s, over %d: active users in each second".formatted(executors),
                    "within 1 or 2 %",
                    "%+.2f at worst".formatted(worst),
                    holds));
        }

        /** Mean number of requests in flight during the second from there on. */
        private static double active(TargetLog log, long from) {
            return log.hits().stream()
                            .mapToLong(hit ->
                                    Math.max(0, Math.min(hit.answered(), from + SECOND) - Math.max(hit.came(), from)))
                            .sum()
                    / (double) SECOND;
        }
    }

    /** Picks by weight. */
    private record Weights() implements FidelityRow {

        private static final double[] WEIGHTS = {65, 25, 10};

        @Override
        public String name() {
            return "weights";
        }

        @Override
        public List<Line> measure(Bench bench) throws IOException, InterruptedException {
            String[] paths = IntStream.range(0, WEIGHTS.length)
                    .mapToObj(n -> "/%d %.0f".formatted(n, WEIGHTS[n]))
                    .toArray(String[]::new);
            var counts = bench.load("""
                    {"model": "iterations", "users": 20, "iterations": 10000, "maxDuration": "2m"}""", 4, paths).countsByPath();
            long[] seen = IntStream.range(0, WEIGHTS.length)
                    .mapToLong(n -> counts.getOrDefault("/" + n, 0L))
                    .toArray();
            double chance = TargetLog.chiSquare(WEIGHTS, seen);
            return List.of(new Line(
                    "iterations",
                    "weights 65:25:10, 10,000 requests over 4: chi-square",
                    "p ≥ 0.01",
                    "%d : %d : %d, p = %.3f".formatted(seen[0], seen[1], seen[2], chance),
                    chance >= 0.01 && LongStream.of(seen).sum() == 10_000));
        }
    }

    /** A grid for each user. */
    private record Pacing() implements FidelityRow {

        private static final int SECONDS = 30;

        @Override
        public String name() {
            return "pacing";
        }

        @Override
        public List<Line> measure(Bench bench) throws IOException, InterruptedException {
            TargetLog log = bench.load("""
                    {"model": "closed", "pacing": "1s",
                     "stages": [{"name": "hold", "duration": "%ds", "users": 100, "shape": "hold"}]}""".formatted(SECONDS), 2, "/ok");
            // All grids begin at the start: looked at from the middle between two of their points.
            long from = log.instants()[0] - SECOND / 2;
            return List.of(FidelityRows.within(
                    "closed", "pacing 1 s, 100 users over 2, each second", log.windows(from, SECOND, SECONDS), 100, 1));
        }
    }

    /** More users than the cap lets send. */
    private record RateCap() implements FidelityRow {

        private static final int SECONDS = 20;

        @Override
        public String name() {
            return "rate-cap";
        }

        @Override
        public List<Line> measure(Bench bench) throws IOException, InterruptedException {
            TargetLog log = bench.load("""
                    {"model": "closed", "rateCap": "200/s",
                     "stages": [{"name": "hold", "duration": "%ds", "users": 40, "shape": "hold"}]}""".formatted(SECONDS), 4, "/ok");
            // What was not sent in time is not made up for, so the first second may lack some; the plan ends with the
            // last.
            return List.of(FidelityRows.within(
                    "closed",
                    "rate cap 200/s, 40 users over 4, each second from the second on",
                    log.windows(log.instants()[0] + SECOND, SECOND, SECONDS - 2),
                    200,
                    2));
        }
    }
}
