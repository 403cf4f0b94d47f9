package dev.loadstar.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

import dev.loadstar.contract.run.EndReason;
import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.contract.run.RunStatus;

/** One submission from handing in to the verdict, as it is shown on a screen. */
final class Attempt {

    private final ServerChoice.Connection connection;
    private final Screen screen;
    private final boolean json;

    /** @param json whether the result document goes to stdout, and everything else beside it */
    Attempt(ServerChoice.Connection connection, Screen screen, boolean json) {
        this.connection = connection;
        this.screen = screen;
        this.json = json;
    }

    /** @return the exit code */
    int run(String project, Source source, Map<String, String> labels, Duration atMost)
            throws IOException, InterruptedException {
        try {
            return follow(project, source, labels, atMost);
        } catch (ProblemDocument.Refused e) {
            RefusedText.of(source.name(), e.problems(), screen.errorPaint()).forEach(words()::error);
            return CliError.REFUSED;
        }
    }

    private int follow(String project, Source source, Map<String, String> labels, Duration atMost)
            throws IOException, InterruptedException {
        var words = words();
        words.live("handing in " + source.name() + " …");
        var run = connection.api().submit(project, source, labels).run();
        var follower = new RunFollower(connection.api(), words, run);
        var goesOn = Cleanup.onExit(() -> words.lastWord(interrupted(follower.run())));
        var finished = follower.follow(atMost);
        goesOn.forget();
        if (finished.isEmpty()) {
            words.error("gave up waiting after " + Figures.clock(atMost) + "; the run goes on");
            words.error("  ./loadstar show " + ref(run) + "   "
                    + connection.link(run.links().page()));
            return CliError.GAVE_UP;
        }
        if (!json && finished.get().run().endReason() != EndReason.REFUSED) {
            screen.fact("");
        }
        return show(finished.get(), source.name());
    }

    /** Hands in and does not wait. */
    int submit(String project, Source source, Map<String, String> labels) throws IOException {
        var answer = connection.api().submit(project, source, labels);
        if (json) {
            screen.fact(answer.json());
        } else {
            screen.fact(RunText.aligned(
                    RunText.name(answer.run()) + " submitted",
                    connection.link(answer.run().links().page())));
        }
        return 0;
    }

    /** Shows a run as it is, finished or not. */
    int show(Api.Answer answer, String definition) {
        if (json) {
            screen.fact(answer.json());
        }
        var run = answer.run();
        if (run.endReason() == EndReason.REFUSED) {
            RefusedText.of(definition, run.problems(), screen.errorPaint()).forEach(words()::error);
            return CliError.REFUSED;
        }
        if (!json) {
            text(run);
        }
        return run.verdict() == null ? CliError.BROKEN : run.verdict().exitCode();
    }

    private void text(RunDocument run) {
        if (run.status() == RunStatus.FINISHED) {
            Report.of(run, connection.link(run.links().page()), screen.paint()).forEach(screen::fact);
        } else {
            screen.fact(RunText.status(
                    run, connection.api().server().resolve(run.links().page())));
        }
    }

    private Screen words() {
        return json ? screen.besideJson() : screen;
    }

    private String interrupted(RunDocument run) {
        return connection.own() == null
                ? RunText.name(run) + " goes on. Stop it with ./loadstar stop " + ref(run)
                : "Stopping " + RunText.name(run) + " and its server …";
    }

    private static RunRef ref(RunDocument run) {
        return new RunRef(run.project(), run.number());
    }
}
