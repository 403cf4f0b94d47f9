package dev.loadstar.cli;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import dev.loadstar.contract.run.RunStatus;
import dev.loadstar.contract.run.Verdict;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code runs}: the list of runs, newest first. */
@Command(
        name = "runs",
        description = "Lists runs, newest first.",
        footer = {"", "Example: ./loadstar runs --test checkout --verdict failed --label branch=main"})
final class RunsCommand implements Callable<Integer> {

    private final Screen screen;

    @Option(names = "--test", paramLabel = "NAME", description = "Only runs of this test.")
    private @Nullable String test;

    @Option(
            names = "--verdict",
            paramLabel = "VERDICT",
            description = "Only passed, warned, failed, invalid, errored or aborted ones.")
    private @Nullable String verdict;

    @Option(
            names = "--status",
            paramLabel = "STATUS",
            description = "Only validating, queued, provisioning, running, reporting or finished ones.")
    private @Nullable String status;

    @Option(names = "--label", paramLabel = "K=V", description = "Only runs with this label; may be repeated.")
    private List<String> labels = new ArrayList<>();

    @Option(names = "--limit", paramLabel = "N", description = "Most runs to list; 20 otherwise.")
    private int limit = 20;

    @Option(names = "--before", paramLabel = "N", description = "Only runs with a smaller number.")
    private @Nullable Integer before;

    @Mixin
    private final ProjectChoice project = new ProjectChoice();

    @Mixin
    private final ServerChoice server;

    @Mixin
    private final Output output = new Output();

    RunsCommand(Screen screen, ServerChoice server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() throws Exception {
        Pairs.of(labels, "--label", "build=417");
        var filter = new RunFilter(
                limit,
                before,
                test,
                oneOf(RunStatus.values(), status, "--status"),
                oneOf(Verdict.values(), verdict, "--verdict"),
                labels);
        String name = project.name();
        var runs = server.find().runs(name, filter);
        if (output.json()) {
            screen.fact(runs.json());
        } else {
            RunTable.lines(runs.runs(), screen.columns(), ZoneId.systemDefault(), screen.paint())
                    .forEach(screen::fact);
            if (runs.before() != null) {
                screen.fact("older ones: --before " + runs.before());
            }
        }
        return 0;
    }

    private static @Nullable String oneOf(Enum<?>[] values, @Nullable String given, String option) {
        if (given == null) {
            return null;
        }
        var names = Stream.of(values).map(Enum::name).toList();
        String name = given.toUpperCase(Locale.ROOT);
        if (names.contains(name)) {
            return name;
        }
        throw new CliError(
                CliError.REFUSED,
                option + " is not " + given,
                "One of " + String.join(", ", names).toLowerCase(Locale.ROOT) + ".");
    }
}
