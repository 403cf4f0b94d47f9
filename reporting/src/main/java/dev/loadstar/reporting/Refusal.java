package dev.loadstar.reporting;

import java.util.Locale;

/** Why a record is not merged. */
enum Refusal {
    /** It is no message of ours, or its numbers cannot be. */
    UNREADABLE,
    /** Its Kafka key or partition is not that of its run, so that it could have a second owner. */
    WRONG_KEY,
    /** It is not signed with its run's key. */
    WRONG_SIGNATURE,
    /** Nobody has opened its run. */
    UNKNOWN_RUN,
    /** Its run is closed and judged. */
    RUN_CLOSED,
    /** It is of a second long before the run or in the future. */
    WRONG_TIME;

    /** As it stands in tables and metrics. */
    String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
