package dev.loadstar.cli;

import java.io.IOException;
import java.util.concurrent.Callable;

import dev.loadstar.contract.run.RunStatus;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code watch}: a run that is on its way, until its verdict. */
@Command(
        name = "watch",
        description = "Shows a run live until its verdict.",
        footer = {
            "",
            "A dashboard in a terminal, lines elsewhere. Ctrl-C leaves; the run goes on.",
            "Exit code: as of \"run\".",
            "--json prints a document per line: the run's own at each step, a live view a second.",
            "",
            "Example: ./loadstar watch 42"
        })
final class WatchCommand implements Callable<Integer> {

    private static final int LOOKED_AT = 50;

    private final Screen screen;

    @Parameters(
            arity = "0..1",
            paramLabel = "RUN",
            description = "Its number, or project/number; the newest that has not finished otherwise.")
    private @Nullable String run;

    @Mixin
    private final ProjectChoice project = new ProjectChoice();

    @Mixin
    private final ServerChoice server;

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final Waiting waiting = new Waiting();

    WatchCommand(Screen screen, ServerChoice server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() throws Exception {
        var named = run == null ? null : RunRef.parse(run);
        String owner = project.name();
        var connection = ServerChoice.Connection.to(server.find());
        var api = connection.api();
        var answer = api.show(named == null ? newest(api, owner) : named);
        return new Attempt(connection, screen, output).watch(answer, waiting.atMost());
    }

    private static RunRef newest(Api api, String project) throws IOException {
        return api.runs(project, RunFilter.newest(LOOKED_AT)).runs().stream()
                .filter(candidate -> candidate.status() != RunStatus.FINISHED)
                .findFirst()
                .map(RunRef::of)
                .orElseThrow(() -> new CliError(
                        CliError.REFUSED,
                        "no run is on its way in project " + project,
                        "Start one with ./loadstar run DIR; ./loadstar runs lists those that have ended."));
    }
}
