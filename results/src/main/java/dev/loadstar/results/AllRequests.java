package dev.loadstar.results;

import java.util.Map;

import dev.loadstar.contract.wire.Outcome;
import dev.loadstar.contract.wire.SampleKind;

/**
 * The rows that sum up all requests of a run, so that its course can be drawn without reading every label. They exist for
 * intervals of 10 s and longer, under numbers that no series of a script has.
 */
public final class AllRequests {

    private static final Map<Integer, Series> SUMS = Map.of(0, sum(Outcome.OK), -1, sum(Outcome.ERROR));

    private AllRequests() {}

    private static Series sum(Outcome outcome) {
        return new Series("", "", "", SampleKind.REQUEST, outcome);
    }

    /** Whether the row of that series sums up others. */
    public static boolean are(int series) {
        return series <= 0;
    }

    /** Number of the row that requests with that outcome are summed up in. */
    public static int number(Outcome outcome) {
        return outcome == Outcome.ERROR ? -1 : 0;
    }

    /** What the row of that number stands for; an unknown one is taken for one of good requests. */
    static Series of(int series) {
        return SUMS.getOrDefault(series, sum(Outcome.OK));
    }
}
