package dev.loadstar.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

import dev.loadstar.contract.run.EndReason;
import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.contract.run.RunStatus;

/** One run on its way to the verdict, as it is shown on a screen. */
final class Attempt {

    private final ServerChoice.Connection connection;
    private final Screen screen;
    private final Screen words;
    private final boolean json;

    /** With JSON the result document goes to stdout, and everything else beside it. */
    Attempt(ServerChoice.Connection connection, Screen screen, Output output) {
        this.connection = connection;
        this.screen = screen;
        this.words = output.words(screen);
        this.json = output.json();
    }

    /**
     * Hands in, waits, and answers the exit code. An INVALID run may be started once more: then that one's verdict counts.
     */
    int run(Submission submission, Duration atMost) throws IOException, InterruptedException {
        String definition = submission.source().name();
        long until = System.nanoTime() + atMost.toNanos();
        try {
            words.live("handing in " + definition + " …");
            var run = connection.api().submit(submission).run();
            var finished = follow(run, new LineDisplay(words, run), atMost);
            Integer again = finished.isPresent() ? finished.get().run().retriedBy() : null;
            if (again != null) {
                if (!json) {
                    show(run, finished, definition, atMost);
                }
                run = connection.api().show(new RunRef(run.project(), again)).run();
                finished = follow(run, new LineDisplay(words, run), Duration.ofNanos(until - System.nanoTime()));
            }
            return show(run, finished, definition, atMost);
        } catch (ProblemDocument.Refused e) {
            RefusedText.of(definition, e.problems(), screen.errorPaint()).forEach(words::error);
            return CliError.REFUSED;
        }
    }

    /** Hands in, does not wait, and answers the exit code. */
    int submit(Submission submission) throws IOException {
        var answer = connection.api().submit(submission);
        if (json) {
            screen.fact(answer.json());
        } else {
            screen.fact(RunText.aligned(
                    RunText.name(answer.run()) + " submitted",
                    connection.link(answer.run().links().page())));
        }
        return 0;
    }

    /** Shows a run that was handed in before until its verdict, and answers the exit code. */
    int watch(Api.Answer answer, Duration atMost) throws IOException, InterruptedException {
        var run = answer.run();
        var display = watching(connection.link(run.links().page()));
        display.document(run, answer.json());
        return show(run, follow(run, display, atMost), RunText.definition(run), atMost);
    }

    private Display watching(String link) {
        if (json) {
            return new JsonDisplay(screen);
        }
        return screen.look().facts()
                ? new DashboardDisplay(screen.canvas(), screen.paint(), link)
                : new PlainDisplay(screen);
    }

    /** The finished run; empty when the time was over before. */
    private Optional<Api.Answer> follow(RunDocument run, Display display, Duration atMost)
            throws IOException, InterruptedException {
        var follower = new RunFollower(connection.api(), display, run);
        var interrupted = Cleanup.onExit(() -> {
            display.close();
            words.lastWord(interrupted(follower.run()));
        });
        try {
            return follower.follow(atMost);
        } finally {
            interrupted.forget();
        }
    }

    private int show(RunDocument run, Optional<Api.Answer> finished, String definition, Duration atMost) {
        if (finished.isEmpty()) {
            words.error("gave up waiting after " + Figures.clock(atMost) + "; the run goes on");
            words.error("  ./loadstar watch " + RunRef.of(run) + "   "
                    + connection.link(run.links().page()));
            return CliError.GAVE_UP;
        }
        if (!json && finished.get().run().endReason() != EndReason.REFUSED) {
            screen.fact("");
        }
        return show(finished.get(), definition);
    }

    /** Shows a run as it is, finished or not, and answers the exit code of its verdict. */
    int show(Api.Answer answer, String definition) {
        if (json) {
            screen.fact(JsonDisplay.oneLine(answer.json()));
        }
        var run = answer.run();
        if (run.endReason() == EndReason.REFUSED) {
            RefusedText.of(definition, run.problems(), screen.errorPaint()).forEach(words::error);
            return CliError.REFUSED;
        }
        if (!json) {
            text(run);
        }
        return run.verdict() == null ? CliError.BROKEN : run.verdict().exitCode();
    }

    private void text(RunDocument run) {
        String link = connection.link(run.links().page());
        if (run.status() == RunStatus.FINISHED) {
            Report.of(run, link, screen.paint()).forEach(screen::fact);
        } else {
            screen.fact(RunText.status(run, link));
        }
    }

    private String interrupted(RunDocument run) {
        return connection.own() == null
                ? RunText.name(run) + " goes on. Stop it with ./loadstar stop " + RunRef.of(run)
                : "Stopping " + RunText.name(run) + " and its server …";
    }
}
