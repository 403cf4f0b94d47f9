package dev.loadstar.executor.record;

import java.util.HashMap;
import java.util.Map;

/** Turns users looked at about ten times a second into their mean over each second, weighted by time. */
final class UsersIntegral {

    private static final long SECOND = 1_000_000;

    private final Map<Long, Double> areas = new HashMap<>();
    private long untilMicros;

    UsersIntegral(long fromMicros) {
        untilMicros = fromMicros;
    }

    /** These were the users from the last call (or the start) until now. */
    void add(int users, long nowMicros) {
        while (untilMicros < nowMicros) {
            long second = Math.floorDiv(untilMicros, SECOND);
            long upTo = Math.min(nowMicros, (second + 1) * SECOND);
            areas.merge(second, (double) users * (upTo - untilMicros) / SECOND, Double::sum);
            untilMicros = upTo;
        }
    }

    /** Mean of a second that is over; asked once. */
    double take(long second) {
        Double area = areas.remove(second);
        return area == null ? 0 : area;
    }
}
