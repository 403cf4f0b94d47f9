package dev.loadstar.reporting;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.loadstar.contract.wire.SampleKind;
import dev.loadstar.results.Samples;
import dev.loadstar.results.Series;

/** Running totals of one run: what the live view shows beside the newest second. */
final class LiveTotals {

    private final Map<Label, Samples> labels = new LinkedHashMap<>();
    private final Samples requests = new Samples();

    record Label(String scenario, String label, SampleKind kind) {}

    void add(Series series, Samples samples) {
        labels.computeIfAbsent(new Label(series.scenario(), series.label(), series.kind()), ignored -> new Samples())
                .add(samples);
        if (series.isRequest()) {
            requests.add(samples);
        }
    }

    Map<Label, Samples> labels() {
        return labels;
    }

    Samples requests() {
        return requests;
    }
}
