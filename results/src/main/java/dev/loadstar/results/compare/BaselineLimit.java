package dev.loadstar.results.compare;

import java.util.Locale;

/**
 * Judges a change against a limit: it is a breach only if it exceeds the limit, is at least so large in the figure's own
 * unit, and noise does not explain it at a level of {@value #LEVEL}. Where too few runs tell how large noise is, nothing is a
 * breach.
 *
 * @param changeMax share that it may change by: +0.1 lets it rise by 10 %, -0.05 lets it fall by 5 %
 * @param atLeast in the figure's unit, 0 or more
 */
public record BaselineLimit(double changeMax, double atLeast) {

    /**
     * Probability of a false alarm where nothing has changed, before the limit is even looked at. With a baseline of five
     * runs that differ by 1.5 %, a change of 10 % is found 96 times out of 100.
     */
    public static final double LEVEL = 0.015;

    /** What became of it. */
    public enum Outcome {
        HOLDS,
        BREACHED,

        /** It would be a breach, if it were known how large noise is. */
        SUSPECTED
    }

    public Outcome judge(Change change) {
        if (!isBeyond(change) || Math.abs(change.after() - change.before()) < atLeast) {
            return Outcome.HOLDS;
        }
        if (!change.isNoiseKnown()) {
            return Outcome.SUSPECTED;
        }
        return probability(change) <= LEVEL ? Outcome.BREACHED : Outcome.HOLDS;
    }

    private boolean isBeyond(Change change) {
        return isRise() ? change.relative() > changeMax : change.relative() < changeMax;
    }

    private boolean isRise() {
        return changeMax >= 0;
    }

    private double probability(Change change) {
        return isRise() ? change.probabilityOfRise() : change.probabilityOfFall();
    }

    /**
     * The reason in words, without the figures themselves.
     *
     * @param baseline such as {@code the median of 5 runs}
     */
    public String reason(Change change, String baseline) {
        String said = "%s against %s".formatted(percent(change.relative()), baseline);
        if (!change.isNoiseKnown()) {
            return "%s; with %s nobody can tell a change from noise, %d are needed"
                    .formatted(said, runs(change.runs()), Change.ENOUGH);
        }
        return said + "; " + noise(change) + (change.before() == 0 ? "" : "; " + smallest(change));
    }

    private String noise(Change change) {
        String runs = change.noise();
        if (!isBeyond(change)) {
            return runs;
        }
        return runs + (probability(change) <= LEVEL ? ", which does not explain it" : ", which may explain it");
    }

    private String smallest(Change change) {
        double floor = atLeast / Math.abs(change.before());
        double limit = isRise() ? Math.max(changeMax, floor) : -Math.max(-changeMax, floor);
        return "the smallest change that is found here is " + percent(change.smallestFound(LEVEL, limit));
    }

    private static String runs(int count) {
        return count == 1 ? "1 run" : count + " runs";
    }

    private static String percent(double share) {
        return Double.isInfinite(share)
                ? "something out of nothing"
                : String.format(Locale.ROOT, "%+.1f %%", share * 100);
    }
}
