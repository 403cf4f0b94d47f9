package dev.loadstar.cli;

import dev.loadstar.contract.run.LiveView;
import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.contract.run.RunStatus;
import org.jspecify.annotations.Nullable;

/** One JSON document per line: the run's own when its status changes, and a live view for each second of load. */
final class JsonDisplay implements Display {

    private final Screen screen;
    private @Nullable RunStatus status;

    JsonDisplay(Screen screen) {
        this.screen = screen;
    }

    @Override
    public void document(RunDocument run, String json) {
        if (run.status() != status && run.status() != RunStatus.FINISHED) {
            screen.fact(oneLine(json));
        }
        status = run.status();
    }

    @Override
    public void tick(LiveView view, String json) {
        screen.fact(oneLine(json));
    }

    @Override
    public void show(Moment moment) {}

    @Override
    public void close() {}

    /** JSON has line breaks only between its tokens. */
    static String oneLine(String json) {
        return json.replace("\r", "").replace("\n", "");
    }
}
