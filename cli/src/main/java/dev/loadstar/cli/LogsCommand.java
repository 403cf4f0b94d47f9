package dev.loadstar.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.contract.run.RunStatus;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code logs}: what the processes of a run said. */
@Command(
        name = "logs",
        description = "Prints the ends of the logs of a run's processes.",
        footer = {"", "Example: ./loadstar logs 42 --executor 1 --follow"})
final class LogsCommand implements Callable<Integer> {

    private static final int MOST_LINES = 10_000;

    private final Screen screen;

    @Mixin
    private final RunChoice run = new RunChoice();

    @ArgGroup
    private @Nullable Only only;

    @Option(names = "--lines", paramLabel = "N", description = "Most lines of each; 50 otherwise.")
    private int lines = 50;

    @Option(names = "--follow", description = "Go on until the run has finished.")
    private boolean follow;

    @Mixin
    private final ServerChoice server;

    private @Nullable LogSource headed;

    LogsCommand(Screen screen, ServerChoice server) {
        this.screen = screen;
        this.server = server;
    }

    /** One log of the many. */
    private static final class Only {
        @Option(names = "--executor", paramLabel = "N", description = "Only this executor's.")
        private int executor;

        @Option(names = "--worker", description = "Only the worker's.")
        private boolean worker;
    }

    @Override
    public Integer call() throws Exception {
        var ref = run.ref();
        if (lines < 1 || lines > MOST_LINES) {
            throw new CliError(CliError.REFUSED, "--lines is 1 to " + MOST_LINES, "Such as --lines 200.");
        }
        var api = server.find();
        var document = api.show(ref).run();
        var tails = tails(api, document);
        for (var tail : tails) {
            print(tail.source(), tail.last(lines), tails.size() > 1);
        }
        if (follow) {
            follow(api, document, tails);
        }
        if (headed == null) {
            screen.error("run " + ref + " has no such log, or it is not kept any more");
        }
        return 0;
    }

    private List<LogTail> tails(Api api, RunDocument document) {
        var sources = new ArrayList<LogSource>();
        if (only != null) {
            sources.add(only.worker ? new LogSource.Worker() : new LogSource.Executor(only.executor));
        } else {
            sources.add(new LogSource.Worker());
            document.executors().forEach(executor -> sources.add(new LogSource.Executor(executor.number())));
        }
        return sources.stream()
                .map(source -> new LogTail(api, RunRef.of(document), source))
                .toList();
    }

    private void follow(Api api, RunDocument first, List<LogTail> tails) throws IOException, InterruptedException {
        var document = first;
        while (document.status() != RunStatus.FINISHED) {
            TimeUnit.SECONDS.sleep(1);
            try {
                document = api.show(RunRef.of(first)).run(); // before the logs, so that their last lines are not missed
                for (var tail : tails) {
                    print(tail.source(), tail.news(), tails.size() > 1);
                }
            } catch (IOException e) {
                screen.live("the server does not answer, trying again …");
            }
        }
    }

    /** @param heads whether it must be said whose lines these are */
    private void print(LogSource source, List<String> text, boolean heads) {
        if (text.isEmpty()) {
            return;
        }
        if (heads && !source.equals(headed)) {
            screen.fact((headed == null ? "" : "\n") + screen.paint().dim("==> " + source.name() + " <=="));
        }
        headed = source;
        text.forEach(screen::fact);
    }
}
