package dev.loadstar.cli;

import java.time.Duration;

import dev.loadstar.contract.run.LiveView;
import dev.loadstar.contract.run.RunStatus;

/** The one line that a running load shows: stage, time, bar, users, rate, latency, errors. */
final class LiveLine {

    /** A width at which there is no room for a bar. */
    static final int WITHOUT_BAR = 0;

    private static final int BAR = 22;
    private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

    private LiveLine() {}

    /** @param columns of the terminal; where they are few the bar goes first */
    static String of(Display.Moment moment, int columns) {
        var silence = moment.silence();
        if (silence != null) {
            return "the server does not answer, trying again …  " + Figures.clock(silence);
        }
        var view = moment.view();
        if (moment.run().status() == RunStatus.RUNNING && view != null) {
            return of(view, columns);
        }
        return RunText.waitingFor(moment.run()) + " …  " + Figures.clock(moment.waited());
    }

    static String of(LiveView view, int columns) {
        String head = head(view);
        String tail = tail(view);
        int room = columns - 1 - head.length() - tail.length() - 6;
        Long planned = view.plannedMs();
        if (planned == null || room < 5) {
            return head + "   " + tail;
        }
        return head + "   " + bar(view.elapsedMs() / (double) Math.max(1, planned), Math.min(BAR, room)) + "   " + tail;
    }

    /** A bar of that many characters, filled to the eighth of one. */
    static String bar(double share, int width) {
        int eighths = (int) Math.round(Math.clamp(share, 0, 1) * width * 8);
        var bar = new StringBuilder("█".repeat(eighths / 8));
        if (eighths % 8 > 0) {
            bar.append(EIGHTHS.charAt(eighths % 8));
        }
        return bar.append(" ".repeat(width - bar.length())).toString();
    }

    /** {@code steady  0:41 of 1:00}. */
    static String head(LiveView view) {
        String stage = view.stage() == null ? "running" : view.stage();
        String time = Figures.clock(Duration.ofMillis(view.elapsedMs()));
        return view.plannedMs() == null
                ? stage + "  " + time
                : stage + "  " + time + " of " + Figures.clock(Duration.ofMillis(view.plannedMs()));
    }

    private static String tail(LiveView view) {
        var recent = view.recent();
        var total = view.total();
        Double p95 = recent.p95() == null ? total.p95() : recent.p95();
        Double errors = total.requests() == 0 ? null : total.errors() / (double) total.requests();
        return "%s  %s req/s  p95 %s ms  errors %s"
                .formatted(
                        load(view),
                        Figures.rate(recent.requestsPerSecond()),
                        Figures.millis(p95),
                        Figures.ratio(errors));
    }

    private static String load(LiveView view) {
        var arrivals = view.arrivals();
        if (arrivals == null) {
            return "users " + users(view);
        }
        String dropped = dropped(arrivals);
        return "arrivals " + arrivals(arrivals) + "/s" + (dropped.isEmpty() ? "" : ", " + dropped);
    }

    /** {@code 98 of 100} while the planned ones are not reached. */
    static String arrivals(LiveView.ArrivalFigures arrivals) {
        String planned = Figures.count(Math.round(arrivals.plannedPerSecond()));
        String begun = Figures.count(arrivals.begun());
        return begun.equals(planned) ? begun : begun + " of " + planned;
    }

    /** Since the start; empty where none was. */
    static String dropped(LiveView.ArrivalFigures arrivals) {
        return arrivals.droppedInAll() == 0 ? "" : Figures.count(arrivals.droppedInAll()) + " dropped";
    }

    /** {@code 12 of 20} while the planned ones are not reached. */
    static String users(LiveView view) {
        Double active = view.recent().activeUsers();
        Double planned = view.plannedUsers();
        String now = active == null ? "–" : Figures.count(Math.round(active));
        return planned == null || (active != null && Math.round(active) == Math.round(planned))
                ? now
                : now + " of " + Figures.count(Math.round(planned));
    }
}
