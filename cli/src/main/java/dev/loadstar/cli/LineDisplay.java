package dev.loadstar.cli;

import java.time.Duration;

import dev.loadstar.contract.run.EndReason;
import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.contract.run.RunStatus;

/** The run's news as lines that stay, and the one line that moves. */
final class LineDisplay implements Display {

    private final Screen screen;
    private boolean validated;

    /** @param first what is known already, and is not told again */
    LineDisplay(Screen screen, RunDocument first) {
        this.screen = screen;
        this.validated = first.status() != RunStatus.VALIDATING;
    }

    @Override
    public void document(RunDocument run, String json) {
        if (!validated && run.status() != RunStatus.VALIDATING && run.endReason() != EndReason.REFUSED) {
            validated = true;
            screen.fact(RunText.validated(run));
        }
    }

    @Override
    public void show(Moment moment) {
        screen.live(LiveLine.of(moment, screen.lineColumns()));
    }

    @Override
    public void back(Duration silence) {
        screen.fact(RunText.back(silence));
    }

    @Override
    public void close() {
        screen.clear();
    }
}
