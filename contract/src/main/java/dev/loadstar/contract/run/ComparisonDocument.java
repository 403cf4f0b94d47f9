package dev.loadstar.contract.run;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How run {@code b} differs from run {@code a}: what {@code loadstar compare A B --json} and
 * {@code GET …/runs/{a}/compare/{b}} answer. Fields are only ever added.
 *
 * @param sentence what there is to know of it all
 * @param notes why the two are not as alike as one may think
 * @param comparable numbers of the runs that tell how far runs of this test differ among themselves
 * @param rows the whole run first, then label by label
 */
public record ComparisonDocument(
        String project, Side a, Side b, String sentence, List<String> notes, List<Integer> comparable, List<Row> rows) {

    public ComparisonDocument {
        notes = List.copyOf(notes);
        comparable = List.copyOf(comparable);
        rows = List.copyOf(rows);
    }

    /** @param page path on the server that answered */
    public record Side(
            int number, @Nullable String test, @Nullable Verdict verdict, Instant submitted, String page) {}

    /**
     * One figure of one label.
     *
     * @param scenario null where it is of all requests of the run, as is {@code label}
     * @param kind as in {@link RunDocument.LabelResult}
     * @param metric such as {@code p95} or {@code errors}
     * @param unit ms, ratio or per-second
     * @param a null where it was not measured, as {@code b}
     * @param change {@code b / a - 1}; null where one of them is missing or {@code a} is 0
     * @param probability that noise alone makes such a difference; null where nothing is known of the noise
     * @param sentence the same in words
     */
    public record Row(
            @Nullable String scenario,
            @Nullable String label,
            String kind,
            String metric,
            String unit,
            @Nullable Double a,
            @Nullable Double b,
            @Nullable Double change,
            @Nullable Double probability,
            Significance significance,
            String sentence) {}

    /** What a difference is worth. */
    public enum Significance {
        BETTER,
        WORSE,

        /** Noise explains it, or it is too small to matter. */
        SAME,

        /** It cannot be told. */
        UNKNOWN
    }
}
