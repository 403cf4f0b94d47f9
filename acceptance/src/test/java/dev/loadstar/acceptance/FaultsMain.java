package dev.loadstar.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;

import dev.loadstar.acceptance.Fault.Place;
import dev.loadstar.demo.DemoTarget;

/**
 * {@code ./loadstar verify faults}: every fault with every tool, then the healthy runs, through the assembled product. Writes
 * the table of what they came to, and ends with 1 if one was not as it must be.
 *
 * <p>With {@code --tool NAME}, {@code --faults PART,PART} or {@code --healthy N} only some are tried, and the table is left
 * alone.
 */
final class FaultsMain {

    private static final List<String> TOOLS = List.of("jmeter", "gatling");
    private static final int HEALTHY = 50;
    private static final int AT_ONCE = 3;

    private FaultsMain() {}

    /** @param args options, after the root of the repository */
    public static void main(String[] args) throws Exception {
        Path root = Path.of(args[0]);
        String tool = option(args, "--tool");
        String faults = option(args, "--faults");
        String healthy = option(args, "--healthy");
        List<String> tools = tool.isEmpty() ? TOOLS : List.of(tool);
        var chosen = Fault.named(Faults.all(), faults.isEmpty() ? List.of() : Arrays.asList(faults.split(",", -1)));
        var table = new FaultsTable();
        Path folder = Files.createTempDirectory("loadstar-faults-");
        try {
            for (Place place : Place.values()) {
                var here =
                        chosen.stream().filter(fault -> fault.place() == place).toList();
                if (!here.isEmpty()) {
                    carryOut(place, here, tools, folder.resolve(place.name()), table);
                }
            }
            int count = healthy.isEmpty() ? faults.isEmpty() ? HEALTHY : 0 : Integer.parseInt(healthy);
            if (count > 0) {
                table.healthy(count, healthy(folder.resolve("healthy"), count, tools));
            }
        } finally {
            delete(folder);
        }
        if (tool.isEmpty() && faults.isEmpty() && healthy.isEmpty()) {
            table.write(root);
        }
        System.exit(table.holds() ? 0 : 1);
    }

    /** Several at once on a server that stays; alone on one that is part of what goes wrong. */
    private static void carryOut(Place place, List<Fault> faults, List<String> tools, Path folder, FaultsTable table) {
        try (var bench = FaultBench.start(folder, place);
                var threads = Executors.newFixedThreadPool(place == Place.ORDINARY ? AT_ONCE : 1)) {
            endWithThisProcess(bench);
            for (Fault fault : faults) {
                for (String tool : tools) {
                    threads.execute(() -> {
                        try {
                            table.add(fault, tool, bench.carryOut(fault, tool));
                        } catch (Exception | AssertionError e) {
                            table.add(fault, tool, e);
                        }
                    });
                }
            }
        } catch (IOException | AssertionError e) {
            // Without a server of that kind none of them can be tried; the others can.
            faults.forEach(fault -> tools.forEach(tool -> table.add(fault, tool, e)));
        }
    }

    private static List<String> healthy(Path folder, int count, List<String> tools) throws IOException {
        try (var bench = FaultBench.start(folder, Place.ORDINARY);
                var target = DemoTarget.start(0)) {
            endWithThisProcess(bench);
            return new HealthyRuns(bench.server(), target, folder).carryOut(count, tools);
        }
    }

    /** A signal ends what was started too; a second end of it does nothing. */
    private static void endWithThisProcess(FaultBench bench) {
        Runtime.getRuntime().addShutdownHook(new Thread(bench::close));
    }

    private static String option(String[] args, String name) {
        int at = List.of(args).indexOf(name);
        return at < 0 || at + 1 == args.length ? "" : args[at + 1];
    }

    private static void delete(Path folder) throws IOException {
        var paths = new ArrayList<Path>();
        try (var files = Files.walk(folder)) {
            files.forEach(paths::addFirst);
        }
        for (Path path : paths) {
            Files.deleteIfExists(path);
        }
    }
}
