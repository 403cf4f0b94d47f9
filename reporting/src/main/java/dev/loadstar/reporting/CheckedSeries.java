package dev.loadstar.reporting;

import java.util.List;

import dev.loadstar.contract.wire.ErrorPoint;
import dev.loadstar.contract.wire.Outcome;
import dev.loadstar.contract.wire.Points;
import dev.loadstar.contract.wire.SampleKind;
import dev.loadstar.contract.wire.SeriesPoint;
import dev.loadstar.results.Samples;
import dev.loadstar.results.Series;

/** What one executor measured of one series in one second, decoded and found possible. */
record CheckedSeries(Series series, Samples samples, List<ErrorPoint> errors) {

    private static final int NAME_LENGTH = 500;

    /** @throws RefusedException if any of the numbers cannot be */
    static List<CheckedSeries> of(Points points) {
        return points.getSeriesList().stream().map(CheckedSeries::of).toList();
    }

    private static CheckedSeries of(SeriesPoint point) {
        if (point.getKind() == SampleKind.UNRECOGNIZED || point.getOutcome() == Outcome.UNRECOGNIZED) {
            throw new RefusedException(Refusal.UNREADABLE);
        }
        var series = new Series(
                Text.of(point.getScenario(), NAME_LENGTH),
                Text.of(point.getStage(), NAME_LENGTH),
                Text.of(point.getLabel(), NAME_LENGTH),
                point.getKind(),
                point.getOutcome());
        try {
            return new CheckedSeries(series, Samples.of(point), point.getErrorsList());
        } catch (IllegalArgumentException e) {
            throw new RefusedException(Refusal.UNREADABLE, e);
        }
    }
}
