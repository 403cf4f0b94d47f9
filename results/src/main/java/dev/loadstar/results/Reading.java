package dev.loadstar.results;

/** What was read for an assertion. */
sealed interface Reading {

    record Value(StatValue value) implements Reading {}

    /** @param why without a full stop, as the other's */
    record NoData(String why) implements Reading {}

    /** Something was measured, but not enough to say this. */
    record TooLittle(String why) implements Reading {}
}
