package dev.loadstar.reporting;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.loadstar.results.Samples;
import dev.loadstar.results.Series;

/** Running totals of one run: what the live view shows beside the newest second. */
final class LiveTotals {

    private final Map<Label, Samples> labels = new LinkedHashMap<>();
    private final Samples requests = new Samples();

    /** @param kind as documents name it */
    record Label(String scenario, String label, String kind) {}

    void add(Series series, Samples samples) {
        labels.computeIfAbsent(
                        new Label(series.scenario(), series.label(), series.kindName()), ignored -> new Samples())
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
