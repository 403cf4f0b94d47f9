package dev.loadstar.acceptance;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.loadstar.acceptance.Fault.Place;
import dev.loadstar.acceptance.SeparateParts.Part;
import dev.loadstar.contract.run.RunStatus;
import dev.loadstar.contract.run.Verdict;

import static dev.loadstar.contract.run.Verdict.ERRORED;
import static dev.loadstar.contract.run.Verdict.INVALID;
import static dev.loadstar.contract.run.Verdict.PASSED;

/** The matrix: each of these with each tool must never end as a verdict about the target. A new one is one more line here. */
final class Faults {

    private static final String WIDE =
            "\"maxStartSkew\": \"10s\", \"maxGeneratorCpu\": \"100%\", \"minLoadDelivered\": \"1%\"";
    private static final String STRICT_LOAD =
            "\"maxStartSkew\": \"10s\", \"maxGeneratorCpu\": \"100%\", \"minLoadDelivered\": \"95%\"";

    private Faults() {}

    static List<Fault> all() {
        return List.of(
                fault("label", "an assertion names a label that no request has", INVALID, "hoem")
                        .test(users(2, 3), 1, "", WIDE, "p95 of 'hoem' < 5s"),
                fault("percentile", "p99.9 of some dozens of samples", INVALID, "p99.9")
                        .test(users(2, 3), 1, "", WIDE, "p99.9 < 5s"),
                fault("busy", "the executor uses more of the CPU than allowed", INVALID, "of its CPU")
                        .test((tool, port) -> files(
                                tool, port, thinking("home", "1ms"), users(4, 6), 1, "", WIDE.replace("100%", "1%"))),
                fault("starved", "the executor gets the CPU for a tenth of the time", INVALID, "did not arrive")
                        .test("{\"rate\": \"50/s\", \"duration\": \"8s\"}", 1, "", STRICT_LOAD)
                        .when(Faults::starve),
                fault("skew", "one of two executors begins two seconds late", INVALID, "off the common start")
                        .test(users(10, 6), 2, "", WIDE.replace("10s", "250ms"))
                        .when(Faults::delayTheStart),
                fault("killed-one", "one of two executors is killed; `continue`", INVALID, "did not arrive|were lost")
                        .test(users(10, 8), 2, "continue", STRICT_LOAD)
                        .when(Faults::killSecond),
                fault("killed-abort", "one of two executors is killed; `abort`", ERRORED, "xecutor 2")
                        .test(users(10, 20), 2, "abort", WIDE)
                        .when(Faults::killSecond),
                fault("killed-all", "the only executor is killed", ERRORED, "xecutor 1")
                        .test(users(5, 20), 1, "", WIDE)
                        .when(going -> {
                            going.awaitLoad();
                            going.processes().executor(1).destroyForcibly();
                        }),
                fault(
                                "frozen",
                                "one of two executors freezes for good; `continue`",
                                INVALID,
                                "did not arrive|were lost")
                        .test(users(10, 12), 2, "continue", STRICT_LOAD)
                        .when(going -> {
                            going.awaitLoad();
                            RunProcesses.freeze(going.processes().executor(2));
                        }),
                fault("lease", "the worker freezes for longer than the lease", ERRORED, "lost its worker|said nothing")
                        .test(users(10, 20), 2, "redistribute", WIDE)
                        .when(going -> {
                            going.awaitLoad();
                            going.freezeFor(going.processes().worker(), Duration.ofSeconds(6));
                        }),
                fault("worker", "the worker is killed", ERRORED, "worker")
                        .test(users(10, 30), 2, "", WIDE)
                        .when(going -> {
                            going.awaitLoad();
                            going.processes().worker().destroyForcibly();
                        }),
                fault("never-ready", "an executor freezes while it gets ready", ERRORED, "ready")
                        .test(users(2, 5), 1, "", WIDE)
                        .when(going -> RunProcesses.freeze(going.processes().executor(1))),
                fault("unreachable", "nobody listens at the target", ERRORED, "does not take connections")
                        .test((tool, port) -> files(tool, 1, users(2, 3), 1, "", WIDE)),
                fault("script", "the script ends its process at once", ERRORED, "System.exit")
                        .test(Faults::dying),
                fault("spool", "the broker is away for longer than the spool holds", INVALID, "were lost")
                        .test(Faults::manyLabels)
                        .on(Place.SMALL_SPOOL)
                        .when(Faults::breakTheBroker),
                fault("disk", "the disk is full while load runs", INVALID, "were lost|nothing was measured")
                        .test(users(10, 12), 1, "", WIDE)
                        .on(Place.SMALL_DISK)
                        .when(Faults::fillTheDisk),
                fault("broker", "the broker is killed and away for 60 s", PASSED, "holds")
                        .test(users(4, 75), 2, "", WIDE, "p95 < 5s")
                        .on(Place.SEPARATE)
                        .when(going -> {
                            going.awaitLoad();
                            going.parts().kill(Part.BROKER);
                            Going.pause(Duration.ofSeconds(60));
                            going.parts().restart(Part.BROKER);
                        }),
                killedWhile(RunStatus.VALIDATING),
                killedWhile(RunStatus.PROVISIONING),
                killedWhile(RunStatus.RUNNING),
                killedWhile(RunStatus.REPORTING),
                killed("order", List.of(Part.REPORTING, Part.BROKER, Part.DATABASE, Part.API)),
                killed("order-back", List.of(Part.API, Part.DATABASE, Part.BROKER, Part.REPORTING)));
    }

    private static Fault killedWhile(RunStatus status) {
        String name = status.name().toLowerCase(Locale.ROOT);
        return fault("server-" + name, "the server is killed while the run is " + status, PASSED, "holds")
                .test(users(4, 4), 2, "", WIDE, "p95 < 5s")
                .on(Place.ALONE)
                .when(going -> {
                    going.await(status);
                    going.server().kill();
                    going.server().restart();
                });
    }

    /** They come back in the order in which they need each other. */
    private static Fault killed(String name, List<Part> order) {
        String what = "%s are killed, in this order, and started again"
                .formatted(order.stream()
                        .map(part -> part.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", ")));
        return fault(name, what, PASSED, "holds")
                .test(users(4, 15), 2, "", WIDE, "p95 < 5s")
                .on(Place.SEPARATE)
                .when(going -> {
                    going.awaitLoad();
                    for (Part part : order) {
                        going.parts().kill(part);
                        Going.pause(Duration.ofSeconds(1));
                    }
                    for (Part part : Part.values()) {
                        going.parts().restart(part);
                    }
                });
    }

    /** What is still missing is the test. */
    private record Named(String name, String what, Verdict expected, String because) {

        Fault test(Fault.Test test) {
            return Fault.of(name, what, expected, because, test);
        }

        Fault test(String load, int executors, String onLoss, String validity, String... assertions) {
            return test((tool, port) -> files(tool, port, load, executors, onLoss, validity, assertions));
        }
    }

    private static Named fault(String name, String what, Verdict expected, String because) {
        return new Named(name, what, expected, because);
    }

    private static String users(int users, int seconds) {
        return "{\"users\": %d, \"duration\": \"%ds\", \"gracefulStop\": \"2s\"}".formatted(users, seconds);
    }

    private static Map<String, String> files(
            String tool, int port, String load, int executors, String onLoss, String validity, String... assertions) {
        return files(tool, port, thinking("home", "100ms"), load, executors, onLoss, validity, assertions);
    }

    private static String thinking(String name, String time) {
        return """
                {"name": "%1$s", "path": "/", "thinkTime": {"min": "%2$s", "max": "%2$s"}}""".formatted(name, time);
    }

    private static Map<String, String> files(
            String tool,
            int port,
            String requests,
            String load,
            int executors,
            String onLoss,
            String validity,
            String... assertions) {
        String listed = assertions.length == 0 ? "" : "\"" + String.join("\", \"", assertions) + "\"";
        return Map.of("loadstar.json", """
                {
                  "version": "loadstar/v1",
                  "name": "fault",
                  "target": {"baseUrl": "http://127.0.0.1:%d", "shared": true},
                  "scenarios": [{"name": "visit", "tool": "%s", "requests": [%s], "load": %s}],
                  "executors": {"count": %d, "onLoss": "%s", "startSync": {"readyTimeout": "60s"}},
                  "validity": {%s},
                  "assertions": [%s]
                }
                """.formatted(
                port, tool, requests, load, executors, onLoss.isEmpty() ? "continue" : onLoss, validity, listed));
    }

    /** So many that a few seconds of them fill a small spool. */
    private static Map<String, String> manyLabels(String tool, int port) {
        String requests = IntStream.range(0, 20)
                .mapToObj(n -> thinking("request number " + n, "10ms"))
                .collect(Collectors.joining(", "));
        return files(tool, port, requests, users(10, 30), 1, "", WIDE);
    }

    private static Map<String, String> dying(String tool, int port) {
        return tool.equals("gatling")
                ? LoadTest.gatling(port)
                        .replacing(
                                "gatling/src/test/java/shop/Browse.java",
                                "var look = exec(",
                                "var look = exec(session -> { System.exit(1); return session; }).exec(")
                        .files()
                : LoadTest.closed(port, 1, 1, "20s")
                        .withGroovy("System.exit(1)")
                        .files();
    }

    private static void killSecond(Going going) {
        going.awaitLoad();
        going.processes().executor(2).destroyForcibly();
    }

    private static void starve(Going going) throws IOException, InterruptedException {
        going.awaitLog("executor-1", "starting at");
        ProcessHandle executor = going.processes().executor(1);
        for (int i = 0; i < 4; i++) {
            going.freezeFor(executor, Duration.ofMillis(1_800));
            Going.pause(Duration.ofMillis(200));
        }
    }

    private static void delayTheStart(Going going) throws IOException, InterruptedException {
        ProcessHandle executor = going.processes().executor(2);
        going.awaitLog("worker", "the load starts at");
        going.freezeFor(executor, Duration.ofSeconds(2));
    }

    private static void breakTheBroker(Going going) throws IOException, InterruptedException {
        going.awaitLoad();
        going.server().kill();
        going.awaitLog("executor-1", "the spool is full");
        going.server().restart();
    }

    /** The disk is seen through the server that mounted it. */
    private static void fillTheDisk(Going going) throws IOException {
        going.awaitLoad();
        Path jobs = Path.of("/proc", Long.toString(going.server().pid()), "root")
                .resolve(Path.of("/").relativize(going.server().data().resolve("jobs")));
        byte[] block = new byte[4_096];
        try (OutputStream fill = Files.newOutputStream(jobs.resolve("fill"))) {
            while (true) {
                fill.write(block);
            }
        } catch (IOException full) {
            if (Files.size(jobs.resolve("fill")) == 0) {
                throw full;
            }
        }
    }
}
