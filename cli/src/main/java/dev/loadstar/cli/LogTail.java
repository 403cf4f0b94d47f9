package dev.loadstar.cli;

import java.io.IOException;
import java.util.List;

/** The growing log of one process, of which a server only tells the last lines. */
final class LogTail {

    /** So many lines are looked at, so that what came since the last look is among them. */
    private static final int WINDOW = 1000;

    private final Api api;
    private final RunRef run;
    private final LogSource source;
    private List<String> seen = List.of();

    LogTail(Api api, RunRef run, LogSource source) {
        this.api = api;
        this.run = run;
        this.source = source;
    }

    LogSource source() {
        return source;
    }

    /** Its last lines, at most so many. */
    List<String> last(int lines) throws IOException {
        seen = api.log(run, source, Math.max(lines, WINDOW));
        return seen.subList(Math.max(0, seen.size() - lines), seen.size());
    }

    /** What came since the last look. */
    List<String> news() throws IOException {
        var before = seen;
        seen = api.log(run, source, Math.max(before.size(), WINDOW));
        return added(before, seen);
    }

    /** The lines of {@code now} that follow the end of {@code before}: both are ends of the same log. */
    static List<String> added(List<String> before, List<String> now) {
        for (int gone = 0; gone < before.size(); gone++) {
            var kept = before.subList(gone, before.size());
            if (kept.size() <= now.size() && kept.equals(now.subList(0, kept.size()))) {
                return now.subList(kept.size(), now.size());
            }
        }
        return now;
    }
}
