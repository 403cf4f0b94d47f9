package dev.loadstar.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import dev.loadstar.contract.run.RunDocument;

/** What the faults have come to so far, and the page that it becomes. */
final class FaultsTable {

    private final List<String> lines = new ArrayList<>();
    private boolean holds = true;

    void add(Fault fault, String tool, Fault.Outcome outcome) {
        RunDocument run = outcome.run();
        add(fault, tool, String.valueOf(run.verdict()), String.valueOf(run.reason()), fault.isAnsweredBy(outcome));
    }

    /** One that came to no end that could be read. */
    void add(Fault fault, String tool, Throwable failure) {
        add(fault, tool, "–", String.valueOf(failure), false);
    }

    private synchronized void add(Fault fault, String tool, String verdict, String said, boolean asExpected) {
        holds &= asExpected;
        String line = "| %s | %s | %s | %s | %s | %s |"
                .formatted(
                        fault.what(),
                        tool,
                        fault.expected(),
                        verdict,
                        said.replace('|', '/').replace('\n', ' '),
                        asExpected ? "✓" : "**missed**");
        lines.add(line);
        System.out.println(line);
    }

    void healthy(int count, List<String> wrong) {
        holds &= wrong.isEmpty();
        lines.add("");
        lines.add("%d healthy runs of a few seconds, closed, open and by iterations, judged by the default limits: %s"
                .formatted(
                        count,
                        wrong.isEmpty()
                                ? "all PASSED, and each ledger equals the target's own count."
                                : "**%d missed**: %s.".formatted(wrong.size(), String.join("; ", wrong))));
        System.out.println(lines.getLast());
    }

    boolean holds() {
        return holds;
    }

    void write(Path root) throws IOException {
        Files.writeString(root.resolve("docs/faults.md"), """
                # What the generator's faults come to

                Written by `./loadstar verify faults` on %s, commit %s, on a machine with %d processors. Whatever goes wrong with the generator, a run never blames the target: it is INVALID or ERRORED and says why. What goes wrong around it and is mended costs nothing: such a run is PASSED, and its ledger equals the target's own count. Each fault is made to happen to a real run of the whole product, with each tool; a seeded choice of them runs in every build (`FaultTests`). What else can happen, and what to do then, is in [disasters.md](disasters.md).

                | fault | tool | must be | was | the run said | |
                |---|---|---|---|---|---|
                %s
                """.formatted(
                        LocalDate.now(ZoneOffset.UTC),
                        commit(root),
                        Runtime.getRuntime().availableProcessors(),
                        String.join("\n", lines)));
    }

    private static String commit(Path root) throws IOException {
        var git = new ProcessBuilder("git", "-C", root.toString(), "rev-parse", "--short", "HEAD").start();
        return new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
