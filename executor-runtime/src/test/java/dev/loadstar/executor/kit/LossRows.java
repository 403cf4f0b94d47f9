package dev.loadstar.executor.kit;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import tools.jackson.databind.JsonNode;

/** What becomes of an open load when one of four executors is lost. */
final class LossRows {

    private static final long SECOND = 1_000_000_000;
    private static final int RATE = 400;
    private static final int SECONDS = 30;
    private static final int LOST_AT = 8;

    private LossRows() {}

    static List<FidelityRow> all() {
        return List.of(new Killed(), new Frozen());
    }

    /** Its share goes to the others. */
    private record Killed() implements FidelityRow {

        private static final int BACK_AT = LOST_AT + 5;

        @Override
        public String name() {
            return "killed";
        }

        @Override
        public List<Line> measure(Bench bench) throws IOException, InterruptedException {
            var run = begin(bench);
            signal("KILL", bench.product().executors().get(1));
            long[] counts = seconds(bench, run);
            long least = Arrays.stream(counts, BACK_AT, SECONDS).min().orElse(0);
            long most = Arrays.stream(counts).max().orElse(0);
            return List.of(
                    new Line(
                            "open",
                            "400/s over 4, one killed: each second from 5 s later to the end",
                            "≥ 396",
                            Long.toString(least),
                            least >= 396),
                    most("400/s over 4, one killed: any second", most, 404));
        }
    }

    /** One that comes back does not double the load. */
    private record Frozen() implements FidelityRow {

        private static final int FROZEN_SECONDS = 8;

        @Override
        public String name() {
            return "frozen";
        }

        @Override
        public List<Line> measure(Bench bench) throws IOException, InterruptedException {
            var run = begin(bench);
            long frozen = bench.product().executors().get(1);
            signal("STOP", frozen);
            pause(FROZEN_SECONDS * SECOND);
            // Redistribution ends one whose lease is over, so that there may be none to go on.
            if (ProcessHandle.of(frozen).isPresent()) {
                signal("CONT", frozen);
            }
            long most = Arrays.stream(seconds(bench, run)).max().orElse(0);
            return List.of(most("400/s over 4, one frozen for 8 s: any second", most, 408));
        }
    }

    private static FidelityRow.Line most(String figure, long most, long bar) {
        return new FidelityRow.Line("open", figure, "≤ " + bar, Long.toString(most), most <= bar);
    }

    /** Starts the run and comes back when the load has lasted for a while. */
    private static CompletableFuture<JsonNode> begin(FidelityRow.Bench bench) throws IOException, InterruptedException {
        bench.target().reset();
        var run = bench.product().begin(bench.definition("""
                {"model": "open", "stages": [{"name": "hold", "duration": "%ds", "rate": "%d/s", "shape": "hold"}]}""".formatted(SECONDS, RATE), 4, "redistribute", "/ok"));
        while (bench.target().log().hits().isEmpty()) {
            if (run.isDone()) {
                throw new IllegalStateException("the run ended without load: " + run.join());
            }
            pause(SECOND / 5);
        }
        pause(LOST_AT * SECOND);
        return run;
    }

    /** Arrivals in each second of the plan, once the run is over. */
    private static long[] seconds(FidelityRow.Bench bench, CompletableFuture<JsonNode> run)
            throws IOException, InterruptedException {
        run.join();
        TargetLog log = bench.target().log();
        // As many requests as come before one is lost tell when the load began.
        var before = new TargetLog(log.hits().subList(0, RATE * (LOST_AT - 1)));
        long origin = before.origin(n -> n * SECOND / RATE);
        return log.windows(origin - SECOND / RATE / 2, SECOND, SECONDS);
    }

    static void signal(String name, long pid) throws IOException, InterruptedException {
        if (new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor() != 0) {
            throw new IllegalStateException("there is no executor to send %s".formatted(name));
        }
    }

    static void pause(long nanos) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(left, TimeUnit.SECONDS.toNanos(1)));
        }
    }
}
