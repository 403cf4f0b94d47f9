package dev.loadstar.cli;

import java.util.concurrent.Callable;

import dev.loadstar.contract.json.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code keep}: for how long the server keeps the finished runs of a project. */
@Command(
        name = "keep",
        description = "Says for how long a project's runs are kept.",
        footer = {
            "",
            "Older runs are removed with all that they measured. Without DAYS it only tells.",
            "",
            "Example: ./loadstar keep 30 --project payments"
        })
final class KeepCommand implements Callable<Integer> {

    private static final String SERVERS = "default";

    private final Screen screen;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "DAYS",
            description = "Days after a run's end, or \"default\" for the server's own setting.")
    private @Nullable String days;

    @Mixin
    private final ProjectChoice project = new ProjectChoice();

    @Mixin
    private final ServerChoice server;

    @Mixin
    private final Output output = new Output();

    KeepCommand(Screen screen, ServerChoice server) {
        this.screen = screen;
        this.server = server;
    }

    private record Project(String name, @Nullable Integer keepDays) {}

    @Override
    public Integer call() throws Exception {
        String owner = project.name();
        String wanted = days == null ? "" : wanted(days);
        var api = server.find();
        String json = wanted.isEmpty() ? api.project(owner) : api.changeProject(owner, wanted);
        var answer = Json.read(json, Project.class);
        screen.fact(
                output.json()
                        ? json
                        : "finished runs of project %s are kept for %s"
                                .formatted(
                                        owner,
                                        answer.keepDays() == null
                                                ? "as long as the server's setting loadstar.runs.keep says"
                                                : answer.keepDays() + " days"));
        return 0;
    }

    private static String wanted(String days) {
        if (!days.equals(SERVERS) && !days.matches("[1-9][0-9]{0,3}")) {
            throw new CliError(
                    CliError.REFUSED,
                    "'" + days + "' is no number of days",
                    "Say for example 30, or \"default\" for the server's own setting.");
        }
        return "{\"keepDays\": %s}".formatted(days.equals(SERVERS) ? "null" : days);
    }
}
