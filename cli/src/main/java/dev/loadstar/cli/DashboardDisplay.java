package dev.loadstar.cli;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import dev.loadstar.contract.run.LiveView;
import org.jspecify.annotations.Nullable;

/** The dashboard on the whole terminal, drawn anew when something has changed. */
final class DashboardDisplay implements Display {

    /** Seconds of the load that curves can show. */
    private static final int KEPT = 120;

    private final Canvas canvas;
    private final Paint paint;
    private final String link;
    private final Deque<LiveView> history = new ArrayDeque<>();
    private String note = "Ctrl-C leaves; the run goes on.";
    private Look.@Nullable Size drawnSize;
    private List<String> drawn = List.of();

    DashboardDisplay(Canvas canvas, Paint paint, String link) {
        this.canvas = canvas;
        this.paint = paint;
        this.link = link;
    }

    @Override
    public void tick(LiveView view, String json) {
        history.add(view);
        if (history.size() > KEPT) {
            history.remove();
        }
    }

    @Override
    public void show(Moment moment) {
        var size = canvas.size();
        var lines = new Dashboard(moment, List.copyOf(history), size, paint).lines(link, note);
        if (!lines.equals(drawn) || !size.equals(drawnSize)) {
            canvas.draw(lines);
            drawn = lines;
            drawnSize = size;
        }
    }

    @Override
    public void back(Duration silence) {
        note = RunText.back(silence) + ".";
    }

    @Override
    public void close() {
        canvas.close();
    }
}
