package dev.loadstar.executor.kit;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import tools.jackson.databind.JsonNode;

/** Rows that may be used once, and two executors that are lost with those that they had leased. */
record UniqueRows() implements FidelityRow {

    private static final int ROWS = 100_000;
    private static final int EXECUTORS = 8;
    private static final int KILLED = 2;
    private static final int USERS = 64;

    /** The log is written whole each time that it is looked at. */
    private static final long LOOK_NANOS = 300_000_000;

    /** A block is a hundredth of an equal part; one and a half are leased at most, and a row in the hands of each user. */
    private static final int LOST_WITH_EACH = ROWS / EXECUTORS / 100 * 3 / 2 + USERS / (EXECUTORS - KILLED);

    @Override
    public String name() {
        return "unique-rows";
    }

    @Override
    public List<Line> measure(Bench bench) throws IOException, InterruptedException {
        bench.target().reset();
        var run = bench.product().begin(definition(bench), Map.of("rows.csv", rows()));
        for (int killed = 1; killed <= KILLED; killed++) {
            awaitHits(bench, run, ROWS / 4 * killed);
            LossRows.signal("KILL", bench.product().executors().getLast());
        }
        run.join();
        var log = bench.target().log();
        long used = log.countsByPath().size();
        long twice = log.hits().size() - used;
        long least = ROWS - KILLED * LOST_WITH_EACH;
        String rows = "unique rows, 100,000 over 8, 2 killed: ";
        return List.of(
                new Line("closed", rows + "duplicates", "0", Long.toString(twice), twice == 0),
                new Line("closed", rows + "rows used", "≥ " + least, Long.toString(used), used >= least));
    }

    private static void awaitHits(Bench bench, CompletableFuture<JsonNode> run, int hits)
            throws IOException, InterruptedException {
        while (bench.target().log().hits().size() < hits) {
            if (run.isDone()) {
                throw new IllegalStateException("the run ended before %d requests: %s".formatted(hits, run.join()));
            }
            LossRows.pause(LOOK_NANOS);
        }
    }

    private static String rows() {
        return IntStream.range(0, ROWS).mapToObj(Integer::toString).collect(Collectors.joining("\n", "id\n", "\n"));
    }

    private static String definition(Bench bench) {
        return """
                {
                  "version": "loadstar/v1",
                  "name": "fidelity",
                  "target": {"baseUrl": "%s"},
                  "data": [{"name": "rows", "file": "rows.csv", "share": "unique", "onExhausted": "stopUsers"}],
                  "scenarios": [{
                    "name": "exact", "tool": "%s", "data": ["rows"],
                    "requests": [{"name": "row", "path": "/rows/${data.rows.id}"}],
                    "load": {"model": "closed", "stages": [{"name": "hold", "duration": "60s", "users": %d, "shape": "hold"}]}
                  }],
                  "executors": {"count": %d, "onLoss": "redistribute"},
                  "validity": {"maxStartSkew": "10s", "maxGeneratorCpu": "100%%", "minLoadDelivered": "1%%"}
                }
                """.formatted(bench.target().url(), bench.tool(), USERS, EXECUTORS);
    }
}
