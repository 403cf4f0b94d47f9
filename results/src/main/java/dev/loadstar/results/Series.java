package dev.loadstar.results;

import dev.loadstar.contract.wire.Outcome;
import dev.loadstar.contract.wire.SampleKind;
import dev.loadstar.contract.wire.SeriesPoint;

/** What samples are kept apart by. The stage is that of the sample's intended start. */
public record Series(String scenario, String stage, String label, SampleKind kind, Outcome outcome) {

    public static Series of(SeriesPoint point) {
        return new Series(point.getScenario(), point.getStage(), point.getLabel(), point.getKind(), point.getOutcome());
    }

    /** Requests make up the totals; the other kinds are shown beside them. */
    public boolean isRequest() {
        return kind == SampleKind.REQUEST;
    }

    /** As documents name it: {@code request}, {@code transaction} or {@code part}. */
    public static String name(SampleKind kind) {
        return switch (kind) {
            case REQUEST -> "request";
            case TRANSACTION -> "transaction";
            case PART -> "part";
            case UNRECOGNIZED -> throw new IllegalArgumentException("a kind of sample that is not known");
        };
    }
}
