package dev.loadstar.contract.plan;

import java.util.List;

/**
 * A data file and how its rows are used.
 *
 * @param file CSV, relative to the repository's root
 * @param columns in the file's order
 * @param header whether the file's first line names the columns and is no row
 * @param rows of the whole file
 * @param sensitive whether values are masked wherever text leaves the platform
 */
public record DataPlan(
        String name,
        String file,
        char delimiter,
        List<String> columns,
        boolean header,
        long rows,
        Share share,
        Order order,
        OnExhausted onExhausted,
        boolean sensitive) {

    public DataPlan {
        columns = List.copyOf(columns);
    }

    /** Which rows an executor of a scenario gets. */
    public enum Share {
        /** Every one. */
        ALL,
        /** Its own part, again and again if need be. */
        PARTITION,
        /** Each row goes to one of them, once: leased in blocks by requests, in equal parts to scripts. */
        UNIQUE
    }

    /** Order in which an executor uses its rows. */
    public enum Order {
        SEQUENTIAL,
        RANDOM
    }

    /** What happens after the last row. */
    public enum OnExhausted {
        RECYCLE,
        STOP_USERS,
        FAIL_TEST
    }
}
