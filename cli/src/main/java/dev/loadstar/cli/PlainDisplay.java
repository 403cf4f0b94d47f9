package dev.loadstar.cli;

import java.time.Duration;

import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.contract.run.RunStatus;
import org.jspecify.annotations.Nullable;

/** A line of stdout for each step of the run, and one now and then while it makes load: for files, pipes and CI. */
final class PlainDisplay implements Display {

    private static final Duration EVERY = Duration.ofSeconds(10);

    private final Screen screen;
    private final Stopwatch told = new Stopwatch();
    private @Nullable RunStatus status;
    private boolean silent;

    PlainDisplay(Screen screen) {
        this.screen = screen;
    }

    @Override
    public void document(RunDocument run, String json) {
        if (run.status() != status && run.status() != RunStatus.FINISHED) {
            screen.fact(RunText.step(run));
        }
        status = run.status();
    }

    @Override
    public void show(Moment moment) {
        boolean newlySilent = moment.silence() != null && !silent;
        silent = moment.silence() != null;
        boolean due = told.elapsed().compareTo(EVERY) > 0
                && moment.view() != null
                && moment.run().status() == RunStatus.RUNNING;
        if (newlySilent || (due && !silent)) {
            told.restart();
            screen.fact(LiveLine.of(moment, LiveLine.WITHOUT_BAR));
        }
    }

    @Override
    public void back(Duration silence) {
        screen.fact(RunText.back(silence));
    }

    @Override
    public void close() {}
}
