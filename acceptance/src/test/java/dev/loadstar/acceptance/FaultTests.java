package dev.loadstar.acceptance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import dev.loadstar.acceptance.Fault.Outcome;
import dev.loadstar.acceptance.Fault.Place;
import dev.loadstar.contract.run.RunDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever goes wrong with the generator, a run is INVALID or ERRORED and says why: the faults that no other test makes
 * happen, each with a tool chosen by a seed. {@code ./loadstar verify faults} has all of them with every tool.
 */
class FaultTests {

    private static final long SEED = Long.getLong("loadstar.seed", 7);
    private static final List<String> TOOLS = List.of("jmeter", "gatling");
    private static final List<String> HERE = List.of("label", "starved", "skew", "lease");

    @TempDir
    private static Path folder;

    private static FaultBench bench;
    private static ExecutorService threads;

    @BeforeAll
    static void start() throws IOException {
        bench = FaultBench.start(folder, Place.ORDINARY);
        threads = Executors.newFixedThreadPool(HERE.size());
    }

    @AfterAll
    static void stop() {
        threads.close();
        bench.close();
    }

    @TestFactory
    Stream<DynamicTest> runSaysWhatWentWrongWithItsGenerator() {
        var random = new Random(SEED);
        return Fault.named(Faults.all(), HERE).stream()
                .map(fault -> {
                    String tool = TOOLS.get(random.nextInt(TOOLS.size()));
                    return new Started(fault, tool, threads.submit(begin(fault, tool)));
                })
                .toList()
                .stream()
                .map(started -> DynamicTest.dynamicTest(
                        "%s, with %s".formatted(started.fault.what(), started.tool), started::check));
    }

    private static Callable<Outcome> begin(Fault fault, String tool) {
        return () -> bench.carryOut(fault, tool);
    }

    /** All go side by side. */
    private record Started(Fault fault, String tool, Future<Outcome> end) {

        void check() throws Exception {
            RunDocument run = end.get().run();
            assertThat(run.verdict()).as(run.reason()).isEqualTo(fault.expected());
            assertThat(run.reason()).containsPattern(fault.because());
            assertThat(fault.isAnsweredBy(end.get())).isTrue();
        }
    }
}
