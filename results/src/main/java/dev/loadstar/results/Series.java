package dev.loadstar.results;

import dev.loadstar.contract.wire.Outcome;
import dev.loadstar.contract.wire.SampleKind;
import dev.loadstar.contract.wire.SeriesPoint;

/** What samples are kept apart by. The stage is that of the sample's intended start. */
public record Series(String scenario, String stage, String label, SampleKind kind, Outcome outcome) {

    public static Series of(SeriesPoint point) {
        return new Series(point.getScenario(), point.getStage(), point.getLabel(), point.getKind(), point.getOutcome());
    }

    /** Requests make up the totals; transactions are shown beside them. */
    public boolean isRequest() {
        return kind == SampleKind.REQUEST;
    }

    /** As documents name it: {@code request} or {@code transaction}. */
    public String kindName() {
        return isRequest() ? "request" : "transaction";
    }
}
