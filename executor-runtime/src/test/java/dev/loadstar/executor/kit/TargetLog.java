package dev.loadstar.executor.kit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.apache.commons.math3.stat.inference.ChiSquareTest;

/**
 * The requests that a target has seen, and what can be read from them about the load.
 *
 * @param hits in the order in which they came
 */
public record TargetLog(List<Hit> hits) {

    /** Times are epoch nanoseconds; {@code answered} is 0 where there was no answer yet. */
    public record Hit(long came, long answered, String path) {}

    static TargetLog read(Path file) throws IOException {
        return new TargetLog(Files.readAllLines(file).stream()
                .map(line -> line.split(" ", 3))
                .map(words -> new Hit(Long.parseLong(words[0]), Long.parseLong(words[1]), words[2]))
                .sorted(Comparator.comparingLong(Hit::came))
                .toList());
    }

    /** When they came, in order. */
    public long[] instants() {
        return hits.stream().mapToLong(Hit::came).toArray();
    }

    /** How many came for each path. */
    public Map<String, Long> countsByPath() {
        return hits.stream().collect(Collectors.groupingBy(Hit::path, Collectors.counting()));
    }

    /**
     * The instant at which the load began, as the requests tell it: on the median they came when they were due after it.
     *
     * @param due of the n-th request, nanoseconds since the start of the load
     */
    public long origin(LongUnaryOperator due) {
        long[] begins = IntStream.range(0, hits.size())
                .mapToLong(n -> hits.get(n).came() - due.applyAsLong(n))
                .sorted()
                .toArray();
        if (begins.length == 0) {
            throw new IllegalStateException("nothing came to the target");
        }
        return begins[begins.length / 2];
    }

    /** How many came in each of {@code count} windows of that length, the first of which begins at {@code from}. */
    public long[] windows(long from, long length, int count) {
        long[] windows = new long[count];
        for (Hit hit : hits) {
            long window = Math.floorDiv(hit.came() - from, length);
            if (window >= 0 && window < count) {
                windows[(int) window]++;
            }
        }
        return windows;
    }

    /** Requests that were being answered at that instant. */
    public long inFlight(long instant) {
        return hits.stream()
                .filter(hit -> hit.came() <= instant && (hit.answered() == 0 || hit.answered() > instant))
                .count();
    }

    /** The most that were being answered at once. */
    public long peak() {
        return hits.stream().mapToLong(hit -> inFlight(hit.came())).max().orElse(0);
    }

    /** Standard deviation of the gaps between requests, divided by their mean: 0 for a metronome, 1 for chance. */
    public double spreadOfGaps() {
        var gaps = new DescriptiveStatistics();
        for (int n = 1; n < hits.size(); n++) {
            gaps.addValue((double) (hits.get(n).came() - hits.get(n - 1).came()));
        }
        return gaps.getStandardDeviation() / gaps.getMean();
    }

    /** How probable it is that chance alone makes counts that lie so far from these shares. */
    public static double chiSquare(double[] shares, long[] counts) {
        return new ChiSquareTest().chiSquareTest(shares, counts);
    }

    /**
     * How probable it is that arrivals by chance (a Poisson process) give counts per window that vary at most so much: near 0
     * for what is too even, near 1 for what comes in bursts.
     */
    public static double dispersion(long[] counts) {
        double mean = Arrays.stream(counts).average().orElse(0);
        double squares = Arrays.stream(counts)
                .mapToDouble(count -> ((double) count - mean) * ((double) count - mean))
                .sum();
        return new ChiSquaredDistribution(counts.length - 1).cumulativeProbability(squares / mean);
    }
}
