package dev.loadstar.reporting.prometheus;

/** A query that got no answer of any use; the message says why in one sentence without a full stop. */
public final class QueryFailure extends Exception {

    private final boolean passing;

    QueryFailure(String why, boolean passing) {
        super(why);
        this.passing = passing;
    }

    /** Whether the same query may succeed a moment later: the server was away, and did not refuse it. */
    public boolean isPassing() {
        return passing;
    }

    public String why() {
        return String.valueOf(getMessage());
    }
}
