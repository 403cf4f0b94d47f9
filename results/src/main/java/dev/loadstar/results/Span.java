package dev.loadstar.results;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A time within a run, counted from the start of its load; {@code until} is exclusive. */
record Span(Duration from, Duration until) {

    Duration length() {
        return until.minus(from);
    }

    /** How long both last. */
    Duration common(Span other) {
        var begin = from.compareTo(other.from) > 0 ? from : other.from;
        var end = until.compareTo(other.until) < 0 ? until : other.until;
        return end.compareTo(begin) > 0 ? end.minus(begin) : Duration.ZERO;
    }

    /**
     * Spans of that length, one after the other; what is left at the end, shorter than one, belongs to the last of them.
     *
     * @param every more than nothing
     */
    List<Span> divided(Duration every) {
        long parts = Math.max(1, length().dividedBy(every));
        var divided = new ArrayList<Span>();
        for (long i = 0; i < parts; i++) {
            var begin = from.plus(every.multipliedBy(i));
            divided.add(new Span(begin, i == parts - 1 ? until : begin.plus(every)));
        }
        return divided;
    }
}
