package dev.loadstar.results;

/** A stage of a scenario, by their names. */
record StageKey(String scenario, String stage) {

    static StageKey of(Series series) {
        return new StageKey(series.scenario(), series.stage());
    }
}
