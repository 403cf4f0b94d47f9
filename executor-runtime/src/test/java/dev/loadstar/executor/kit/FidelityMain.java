package dev.loadstar.executor.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionException;

import dev.loadstar.executor.kit.FidelityRow.Line;

/**
 * {@code ./loadstar verify fidelity}: all figures in full length, with every tool that is built, through the product as a user
 * starts it. Writes the table of what was measured, and ends with 1 if a bar was missed.
 *
 * <p>With {@code --tool NAME} or {@code --rows PART,PART} only some are measured, and the table is left alone.
 */
public final class FidelityMain {

    private static final String PROGRAM = "executor-";

    private FidelityMain() {}

    /** @param args options, after the root of the repository */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path root = Path.of(args[0]);
        String tool = option(args, "--tool");
        String rows = option(args, "--rows");
        Path folder = Files.createTempDirectory("loadstar-fidelity-");
        var table = new FidelityTable();
        try (var target = TargetProcess.start();
                var product = FidelityProduct.start(root, folder)) {
            // A signal ends what was started too; a second end of it does nothing.
            Runtime.getRuntime().addShutdownHook(new Thread(product::close));
            Runtime.getRuntime().addShutdownHook(new Thread(target::close));
            for (String each : tools(root)) {
                if (tool.isEmpty() || tool.equals(each)) {
                    measure(new FidelityRow.Bench(each, product, target), rows, table);
                }
            }
        } finally {
            delete(folder);
        }
        if (tool.isEmpty() && rows.isEmpty()) {
            table.write(root);
        }
        System.exit(table.holds() ? 0 : 1);
    }

    private static void measure(FidelityRow.Bench bench, String rows, FidelityTable table)
            throws IOException, InterruptedException {
        for (FidelityRow row : FidelityRows.all()) {
            if (Arrays.stream(rows.split(",", -1)).anyMatch(row.name()::contains)) {
                for (Line line : lines(row, bench)) {
                    table.add(bench.tool(), line);
                }
            }
        }
    }

    /** One that cannot be measured is a missed bar, and the others go on. */
    private static List<Line> lines(FidelityRow row, FidelityRow.Bench bench) throws IOException, InterruptedException {
        try {
            return row.measure(bench);
        } catch (CompletionException | IllegalStateException | IndexOutOfBoundsException e) {
            return List.of(new Line("–", row.name(), "measured", String.valueOf(e.getMessage()), false));
        }
    }

    private static List<String> tools(Path root) throws IOException {
        var tools = new ArrayList<String>();
        try (var programs = Files.list(root.resolve("target/loadstar"))) {
            programs.map(program -> program.getFileName().toString())
                    .filter(name -> name.startsWith(PROGRAM))
                    .map(name -> name.substring(PROGRAM.length()))
                    .sorted(Comparator.reverseOrder())
                    .forEach(tools::add);
        }
        return tools;
    }

    private static String option(String[] args, String name) {
        int at = List.of(args).indexOf(name);
        return at < 0 || at + 1 == args.length ? "" : args[at + 1];
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
