package dev.loadstar.acceptance;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.loadstar.contract.run.EndReason;
import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.demo.Arrival;
import dev.loadstar.demo.DemoTarget;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Runs on one machine at the same time, and executors of one run: each row is used once, and by whom it belongs to. */
class SideBySideTests {

    private static final Duration MINUTES = Duration.ofMinutes(5);

    /** Three in every build, ten where there is time for it. */
    private static final int RUNS = Integer.getInteger("loadstar.runs-at-once", 3);

    @TempDir
    private static Path folder;

    private static StandaloneServer server;

    @BeforeAll
    static void start() throws IOException {
        server = StandaloneServer.start(folder.resolve("data"), "-D", "loadstar.runs.max-parallel=" + RUNS);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void runsAtOnceUseTheirOwnRowsAtTheirOwnTargets() throws IOException {
        int rows = 60;
        var targets = new ArrayList<DemoTarget>();
        try {
            var runs = new ArrayList<RunDocument>();
            for (int run = 0; run < RUNS; run++) {
                targets.add(DemoTarget.start(0));
                String load = "{\"model\": \"iterations\", \"users\": 4, \"iterations\": %d}".formatted(rows);
                runs.add(submit("run-" + run, targets.get(run), rows, 2, load));
            }

            for (int run = 0; run < RUNS; run++) {
                RunDocument ended = server.api().awaitFinished(runs.get(run).number(), MINUTES);
                assertThat(ended.endReason()).as(ended.reason()).isEqualTo(EndReason.COMPLETED);
                String own = "/rows/run-%d-".formatted(run);
                assertThat(paths(targets.get(run)))
                        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, rows)
                                .mapToObj(row -> own + row)
                                .toList());
            }
        } finally {
            targets.forEach(DemoTarget::close);
        }
    }

    @Test
    void killedExecutorTakesAtMostItsBlockOfRowsWithItAndNoneIsUsedTwice() throws IOException {
        int rows = 1_500;
        int block = rows / 3 / 100;
        int users = 6;
        try (var target = DemoTarget.start(0)) {
            String load = "{\"users\": %d, \"duration\": \"60s\"}".formatted(users);
            RunDocument run = submit("killed", target, rows, 3, load);
            await().atMost(MINUTES).until(() -> target.arrivals().size() > rows / 4);
            kill(run, 2);
            RunDocument ended = server.api().awaitFinished(run.number(), MINUTES);

            assertThat(ended.endReason()).as(ended.reason()).isEqualTo(EndReason.COMPLETED);
            List<String> used = paths(target);
            assertThat(used).doesNotHaveDuplicates();
            assertThat(used).hasSizeBetween(rows - 2 * block - users, rows);
        }
    }

    private static void kill(RunDocument run, int executor) {
        List<ProcessHandle> killed = server.jobProcesses(run.id()).stream()
                .filter(process -> process.info().commandLine().orElse("").contains("--executor " + executor))
                .toList();
        assertThat(killed).isNotEmpty();
        killed.forEach(ProcessHandle::destroyForcibly);
    }

    private static List<String> paths(DemoTarget target) {
        return target.arrivals().stream().map(Arrival::path).toList();
    }

    private static RunDocument submit(String name, DemoTarget target, int rows, int executors, String load)
            throws IOException {
        String file = IntStream.range(0, rows)
                .mapToObj(row -> name + "-" + row)
                .collect(Collectors.joining("\n", "id\n", "\n"));
        String definition = """
                {
                  "version": "loadstar/v1",
                  "name": "rows",
                  "target": {"baseUrl": "http://127.0.0.1:%d", "shared": true},
                  "data": [{"name": "rows", "file": "rows.csv", "share": "unique", "onExhausted": "stopUsers"}],
                  "scenarios": [
                    {
                      "name": "take",
                      "tool": "jmeter",
                      "data": ["rows"],
                      "requests": [
                        {
                          "name": "take", "path": "/rows/${data.rows.id}",
                          "thinkTime": {"min": "5ms", "max": "5ms"}, "expect": {"status": [404]}
                        }
                      ],
                      "load": %s
                    }
                  ],
                  "executors": {"count": %d},
                  "validity": {"maxStartSkew": "10s", "maxGeneratorCpu": "100%%", "minLoadDelivered": "1%%"}
                }
                """.formatted(target.port(), load, executors);
        var files = Map.of("loadstar.json", definition, "rows.csv", file);
        return server.api().submit(GitRepository.with(folder.resolve(name + "-repository"), files));
    }
}
