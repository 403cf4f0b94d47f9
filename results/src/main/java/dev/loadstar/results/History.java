package dev.loadstar.results;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import dev.loadstar.results.RunTables.ArrivalRow;

/** What was measured of a run second by second, which is too much to hold at once: it is read when it is asked for. */
interface History {

    /** Takes one second of one series. */
    interface Visitor {
        void visit(long second, Series series, Samples samples);
    }

    /**
     * In order of time.
     *
     * @param from first second, inclusive; {@code to} exclusive
     */
    void each(Predicate<Series> which, long from, long to, Visitor visitor);

    /** What became of arrivals by the second in which they were due, in order of time; the same seconds. */
    List<ArrivalRow> arrivals(long from, long to);

    /** Errors of each series by their kind. */
    Map<Series, Map<String, Long>> errorKinds();
}
