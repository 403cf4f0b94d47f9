package dev.loadstar.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

import dev.loadstar.contract.json.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code load}: another load for a running run. */
@Command(
        name = "load",
        description = "Changes the load of a running run; it is no baseline then.",
        footer = {"", "Example: ./loadstar load 42 --users 200"})
final class LoadCommand implements Callable<Integer> {

    private final Screen screen;

    @ArgGroup(multiplicity = "1")
    private final What what = new What();

    @Option(names = "--scenario", paramLabel = "NAME", description = "The scenario, where the run has several.")
    private @Nullable String scenario;

    @Mixin
    private final RunChoice run = new RunChoice();

    @Mixin
    private final ServerChoice server;

    @Mixin
    private final Output output = new Output();

    LoadCommand(Screen screen, ServerChoice server) {
        this.screen = screen;
        this.server = server;
    }

    /** Exactly one of it. */
    private static final class What {

        @Option(names = "--users", paramLabel = "N", description = "So many users, until the stage that runs ends.")
        private @Nullable Integer users;

        @Option(names = "--rate", paramLabel = "RATE", description = "Such as 100/s, until the stage that runs ends.")
        private @Nullable String rate;

        @Option(names = "--pause", description = "No load; the plan's time goes on.")
        private boolean pause;

        @Option(names = "--resume", description = "The load again as it is planned for now.")
        private boolean resume;

        String said() {
            if (users != null) {
                return "is to have %d users".formatted(users);
            }
            if (rate != null) {
                return "is to have " + rate;
            }
            return pause ? "is pausing" : "is resuming";
        }
    }

    @Override
    public Integer call() throws Exception {
        var ref = run.ref();
        var connection = ServerChoice.Connection.to(server.find());
        var answer = connection.api().changeLoad(ref, Json.write(body()));
        if (output.json()) {
            screen.fact(answer.json());
        } else {
            screen.fact(RunText.aligned(
                    RunText.name(answer.run()) + " " + what.said(),
                    connection.link(answer.run().links().page())));
        }
        return 0;
    }

    private Map<String, Object> body() {
        var body = new LinkedHashMap<String, Object>();
        put(body, "scenario", scenario);
        put(body, "users", what.users);
        put(body, "rate", what.rate);
        if (what.pause || what.resume) {
            body.put("paused", what.pause);
        }
        return body;
    }

    private static void put(Map<String, Object> body, String key, @Nullable Object value) {
        if (value != null) {
            body.put(key, value);
        }
    }
}
