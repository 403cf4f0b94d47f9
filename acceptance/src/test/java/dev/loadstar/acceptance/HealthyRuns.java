package dev.loadstar.acceptance;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.contract.run.Verdict;
import dev.loadstar.demo.DemoTarget;

/** Short runs in which nothing goes wrong, judged by the limits that a definition has by default. */
final class HealthyRuns {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final List<String> LOADS = List.of(
            "{\"users\": 5, \"duration\": \"3s\"}",
            "{\"rate\": \"20/s\", \"duration\": \"3s\"}",
            "{\"model\": \"iterations\", \"users\": 4, \"iterations\": 100}");

    private final StandaloneServer server;
    private final DemoTarget target;
    private final Path folder;
    private final Map<String, GitRepository> repositories = new HashMap<>();

    HealthyRuns(StandaloneServer server, DemoTarget target, Path folder) {
        this.server = server;
        this.target = target;
        this.folder = folder;
    }

    /** One after the other, with each tool and kind of load in turn; answers a sentence for each that was not PASSED. */
    List<String> carryOut(int count, List<String> tools) throws IOException {
        var wrong = new ArrayList<String>();
        for (int n = 0; n < count; n++) {
            String tool = tools.get(n % tools.size());
            String load = LOADS.get(n / tools.size() % LOADS.size());
            long before = target.arrivals().size();
            RunDocument run = server.api().awaitFinished(submit(tool, load).number(), PATIENCE);
            long arrived = target.arrivals().size() - before;
            boolean passed = run.verdict() == Verdict.PASSED && new Fault.Outcome(run, arrived).isComplete();
            System.out.printf(
                    "healthy %d of %d, %s: %s, %d requests, %s%n",
                    n + 1, count, tool, run.verdict(), arrived, run.reason());
            if (!passed) {
                wrong.add("%s with %s: %s, %s; %d requests arrived, ledger %s"
                        .formatted(tool, load, run.verdict(), run.reason(), arrived, run.ledger()));
            }
        }
        return wrong;
    }

    private RunDocument submit(String tool, String load) throws IOException {
        String name = "healthy-%s-%d".formatted(tool, LOADS.indexOf(load));
        GitRepository known = repositories.get(name);
        if (known == null) {
            known = GitRepository.with(
                    folder.resolve(name), Map.of("loadstar.json", """
                    {
                      "version": "loadstar/v1",
                      "name": "%s",
                      "target": {"baseUrl": "http://127.0.0.1:%d"},
                      "scenarios": [{
                        "name": "visit",
                        "tool": "%s",
                        "requests": [
                          {"name": "home", "path": "/", "thinkTime": {"min": "50ms", "max": "50ms"}},
                          {"name": "products", "path": "/api/products"}
                        ],
                        "load": %s
                      }],
                      "executors": {"count": 2},
                      "assertions": ["p95 < 5s", "errors < 1%%"]
                    }
                    """.formatted(name, target.port(), tool, load)));
            repositories.put(name, known);
        }
        return server.api().submit(known);
    }
}
