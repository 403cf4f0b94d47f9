package dev.loadstar.results.compare;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.apache.commons.statistics.distribution.ContinuousDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;
import org.jspecify.annotations.Nullable;

/**
 * How a figure of one run differs from the same figure of others, and whether noise explains it. Where all values are
 * positive their logarithms are compared, because the noise of latencies grows with them. The test is Student's for one
 * further observation:
 *
 * <pre>t = (x − mean(reference)) / √(max(s², e²) + max(s², ē²) / m),  n − 1 degrees of freedom</pre>
 *
 * with s the standard deviation of n runs among themselves, e the standard error of x within its run, ē the root mean square
 * of that of the m reference runs. With e = ē = 0 and the reference runs those of s, it is the prediction interval of W. Q.
 * Meeker, G. J. Hahn, L. A. Escobar, Statistical Intervals (2nd ed., 2017), section 4.6. Fewer than {@value #ENOUGH} runs say
 * nothing of s: then only the errors within the runs count, and t is compared with the normal distribution.
 *
 * @param before median of the reference runs, in the figure's unit
 * @param after in the figure's unit
 * @param relative {@code after / before - 1}, 0.1 for +10 %; infinite for something out of nothing
 * @param spread standard deviation of runs among themselves, as a share of the figure; null where too few are known
 * @param runs how many runs {@code spread} is of, or would have been
 */
public record Change(
        double before,
        double after,
        double relative,
        @Nullable Double spread,
        int runs,
        Test test) {

    /** So many runs are needed to know how far runs differ among themselves. */
    public static final int ENOUGH = 3;

    /** A change that is really there is to be found with this probability. */
    private static final double POWER = 0.9;

    /**
     * @param difference on the scale that is compared
     * @param deviation standard deviation that noise gives the difference; 0 where nothing varies
     * @param freedom degrees of freedom; infinite for the normal distribution
     */
    record Test(double difference, double deviation, double freedom, boolean logarithmic) {

        private ContinuousDistribution distribution() {
            return Double.isInfinite(freedom) ? NormalDistribution.of(0, 1) : TDistribution.of(freedom);
        }

        /** Probability that noise alone makes it at least that much greater. */
        double above(double difference) {
            if (deviation == 0) {
                return difference > 0 ? 0 : difference < 0 ? 1 : 0.5;
            }
            return distribution().survivalProbability(difference / deviation);
        }

        double quantile(double probability) {
            return distribution().inverseSurvivalProbability(probability);
        }
    }

    /**
     * Compares.
     *
     * @param reference one or more
     * @param comparable values of runs that should be alike; they may be the reference runs
     */
    public static Change of(Figure current, List<Figure> reference, List<Double> comparable) {
        double[] values = reference.stream().mapToDouble(Figure::value).toArray();
        double[] alike = comparable.stream().mapToDouble(value -> value).toArray();
        boolean logarithmic = current.value() > 0 && positive(values) && positive(alike);
        boolean known = alike.length >= ENOUGH;
        double s = known ? deviation(scaled(alike, logarithmic)) : 0;
        double variance = Math.max(s * s, square(current, logarithmic))
                + Math.max(
                                s * s,
                                reference.stream()
                                        .mapToDouble(figure -> square(figure, logarithmic))
                                        .average()
                                        .orElseThrow())
                        / values.length;
        double after = logarithmic ? Math.log(current.value()) : current.value();
        var test = new Test(
                after - mean(scaled(values, logarithmic)),
                Math.sqrt(variance),
                known ? alike.length - 1 : Double.POSITIVE_INFINITY,
                logarithmic);
        double before = median(values);
        return new Change(
                before,
                current.value(),
                before == current.value() ? 0 : (current.value() - before) / Math.abs(before),
                known ? share(s, before, logarithmic) : null,
                alike.length,
                test);
    }

    /** Whether it is known how far runs differ among themselves. */
    public boolean isNoiseKnown() {
        return spread != null;
    }

    /** Probability that noise alone makes it rise by so much or more. */
    public double probabilityOfRise() {
        return test.above(test.difference);
    }

    /** The same for a fall. */
    public double probabilityOfFall() {
        return test.above(-test.difference);
    }

    /** Probability that noise alone makes it differ by so much or more, in any direction. */
    public double probability() {
        return Math.min(1, 2 * Math.min(probabilityOfRise(), probabilityOfFall()));
    }

    /**
     * The smallest change that would have been found nine times out of ten, as a share: it must stand out of the noise, and
     * be beyond a limit.
     *
     * @param level of significance, of one direction
     * @param limit that it must exceed as well, as a share; negative for a fall, which the answer is then, too
     */
    public double smallestFound(double level, double limit) {
        double needed = Math.max(test.quantile(level) * test.deviation, Math.abs(scaledLimit(limit)));
        double difference = Math.copySign(needed + test.quantile(1 - POWER) * test.deviation, limit);
        return test.logarithmic ? Math.expm1(difference) : difference / Math.abs(before);
    }

    /** A fall by all or more cannot be on a scale of logarithms. */
    private double scaledLimit(double limit) {
        return test.logarithmic ? Math.log1p(Math.max(limit, -0.999)) : limit * Math.abs(before);
    }

    /** {@code 5 runs differ by ±1.5 % among themselves}; only where the noise {@linkplain #isNoiseKnown is known}. */
    public String noise() {
        double share = spread == null ? Double.NaN : spread;
        return "%d runs differ by ±%s %% among themselves"
                .formatted(runs, Double.isFinite(share) ? String.format(Locale.ROOT, "%.1f", share * 100) : "?");
    }

    private static double square(Figure figure, boolean logarithmic) {
        double error = logarithmic ? figure.error() / figure.value() : figure.error();
        return error * error;
    }

    private static double share(double s, double before, boolean logarithmic) {
        return s == 0 ? 0 : logarithmic ? Math.expm1(s) : s / Math.abs(before);
    }

    private static boolean positive(double[] values) {
        return Arrays.stream(values).allMatch(value -> value > 0);
    }

    private static double[] scaled(double[] values, boolean logarithmic) {
        return logarithmic ? Arrays.stream(values).map(Math::log).toArray() : values;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double deviation(double[] values) {
        double mean = mean(values);
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return Math.sqrt(squares / (values.length - 1));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
