package dev.loadstar.executor.kit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import dev.loadstar.executor.kit.FidelityRow.Line;

/** What was measured so far, and the page that it becomes. */
final class FidelityTable {

    private final List<String> lines = new ArrayList<>();
    private boolean holds = true;

    void add(String tool, Line line) {
        holds &= line.holds();
        String row = "| %s | %s | %s | %s | %s | %s |"
                .formatted(
                        tool,
                        line.model(),
                        line.figure(),
                        line.bar(),
                        line.measured().replace('|', '/').replace('\n', ' '),
                        line.holds() ? "✓" : "**missed**");
        lines.add(row);
        System.out.println(row);
    }

    boolean holds() {
        return holds;
    }

    void write(Path root) throws IOException {
        String page = """
                    # How exact the load is

                    Written by `./loadstar verify fidelity` on %s, commit %s, on a machine with %d processors that target, server and executors shared. Every figure is read at the target's own log: a process of its own with one thread, which notes when each request came. The load goes through the whole product, with executors as processes; each iteration is one GET that is answered at once, unless a line says otherwise.

                    "over 4" means four executors. One short case of each line runs in every build (`FidelityKit`), where counts, order and intended instants are judged strictly and what depends on the machine's scheduler is not.

                    | tool | model | figure | bar | measured | |
                    |---|---|---|---|---|---|
                    %s""".formatted(
                        LocalDate.now(ZoneOffset.UTC),
                        commit(root),
                        Runtime.getRuntime().availableProcessors(),
                        String.join("\n", lines));
        Files.writeString(root.resolve("docs/fidelity.md"), page + "\n");
    }

    private static String commit(Path root) throws IOException {
        var git = new ProcessBuilder("git", "-C", root.toString(), "rev-parse", "--short", "HEAD").start();
        return new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
