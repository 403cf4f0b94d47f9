package dev.loadstar.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Locale;

import dev.loadstar.contract.run.LoadChange;

/**
 * One change of the load, as the page tells it.
 *
 * @param what {@code 30 users}, {@code 12.5/s}, {@code paused}, {@code resumed}
 * @param where since the scenario's start and in which stage; or why not, or that it is under way
 */
record LoadChangeLine(Instant at, String by, String scenario, String what, String where, boolean refused) {

    static LoadChangeLine of(LoadChange change) {
        return new LoadChangeLine(
                change.at(),
                change.by(),
                change.scenario(),
                what(change.what()),
                where(change),
                change.status() == LoadChange.Status.REFUSED);
    }

    private static String what(LoadChange.What change) {
        var parts = new ArrayList<String>();
        if (change.users() != null) {
            parts.add(change.users() + " users");
        }
        if (change.rate() != null) {
            parts.add(String.format(Locale.ROOT, "%.3f", change.rate()).replaceFirst("\\.?0+$", "") + "/s");
        }
        if (change.paused() != null) {
            parts.add(change.paused() ? "paused" : "resumed");
        }
        return String.join(", ", parts);
    }

    private static String where(LoadChange change) {
        return switch (change.status()) {
            case ORDERED -> "under way";
            case APPLIED ->
                String.format(
                        Locale.ROOT,
                        "from %.1f s on, in %s",
                        (change.afterMs() == null ? 0 : change.afterMs()) / 1e3,
                        change.stage());
            case REFUSED -> "refused: " + change.detail();
        };
    }
}
