package dev.loadstar.results;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Counts of values in the buckets of an HdrHistogram, of which only those in use take memory: a label's second needs a few
 * hundred bytes instead of 188 KB. Values are whole µs from 0 on. It answers the same quantiles as HdrHistogram does for
 * the same recorded data, and any number of them can be added up in any order. Not safe for use by several threads.
 */
public final class SparseHistogram {

    private static final int[] NO_INDEXES = {};
    private static final long[] NO_COUNTS = {};

    private final BucketScale scale;
    private int[] indexes = NO_INDEXES;
    private long[] counts = NO_COUNTS;
    private int used;
    private long total;

    private SparseHistogram(BucketScale scale) {
        this.scale = scale;
    }

    /** An empty one that tells values apart to that many significant decimal digits, 1…5. */
    public static SparseHistogram ofDigits(int digits) {
        return new SparseHistogram(BucketScale.ofDigits(digits));
    }

    /**
     * What {@code Histogram.encodeIntoByteBuffer} wrote.
     *
     * @throws IllegalArgumentException if the bytes are not such a histogram
     */
    public static SparseHistogram decode(ByteBuffer encoded) {
        return HistogramV2.decode(encoded.slice());
    }

    /** The same form that {@link #decode} reads and that HdrHistogram reads, too. */
    public byte[] encode() {
        return HistogramV2.encode(this);
    }

    /** @param count 0 or more */
    public void record(long micros, long count) {
        if (micros < 0 || count < 0) {
            throw new IllegalArgumentException("cannot record %d µs %d times".formatted(micros, count));
        }
        var single = new SparseHistogram(scale);
        single.append(scale.indexOf(micros), count);
        add(single);
    }

    /** @throws IllegalArgumentException if the other one has another precision */
    public void add(SparseHistogram other) {
        if (!scale.equals(other.scale)) {
            throw new IllegalArgumentException(
                    "%d digits cannot be added to %d".formatted(other.scale.digits(), scale.digits()));
        }
        int added = addToUsed(other);
        if (added < other.used) {
            insertUnused(other, other.used - added);
        }
        total += other.total;
    }

    /**
     * Where a bucket of the other one is already in use, as it soon is for a running total, nothing is moved.
     *
     * @return how many were
     */
    private int addToUsed(SparseHistogram other) {
        int found = 0;
        int from = 0;
        for (int i = 0; i < other.used && from < used; i++) {
            int place = Arrays.binarySearch(indexes, from, used, other.indexes[i]);
            if (place >= 0) {
                counts[place] += other.counts[i];
                found++;
            }
            from = place >= 0 ? place + 1 : -place - 1;
        }
        return found;
    }

    /** Makes room for those that are not in use yet, from the highest down, so that each of mine moves once. */
    private void insertUnused(SparseHistogram other, int missing) {
        makeRoom(used + missing);
        int to = used + missing;
        int end = used;
        used = to;
        for (int i = other.used - 1; to > end; i--) {
            int place = Arrays.binarySearch(indexes, 0, end, other.indexes[i]);
            if (place < 0) {
                int from = -place - 1;
                to -= end - from;
                System.arraycopy(indexes, from, indexes, to, end - from);
                System.arraycopy(counts, from, counts, to, end - from);
                end = from;
                to--;
                indexes[to] = other.indexes[i];
                counts[to] = other.counts[i];
            }
        }
    }

    private void makeRoom(int buckets) {
        if (buckets > indexes.length) {
            int capacity = indexes.length == 0 ? buckets : Math.max(buckets, indexes.length + indexes.length / 2);
            indexes = Arrays.copyOf(indexes, capacity);
            counts = Arrays.copyOf(counts, capacity);
        }
    }

    /** With room for that many buckets. */
    static SparseHistogram ofDigits(int digits, int buckets) {
        var histogram = ofDigits(digits);
        histogram.makeRoom(buckets);
        return histogram;
    }

    /** For building in ascending order of the index. */
    void append(int index, long count) {
        if (count == 0) {
            return;
        }
        if (used == indexes.length) {
            makeRoom(Math.max(8, used + 1));
        }
        indexes[used] = index;
        counts[used] = count;
        used++;
        total += count;
    }

    public long total() {
        return total;
    }

    public boolean isEmpty() {
        return total == 0;
    }

    /**
     * The smallest recorded value that at least {@code percentile} percent of all values do not exceed, as the highest value
     * of its bucket; 0 without any value. Equal to HdrHistogram's {@code getValueAtPercentile}, also in its rounding of
     * the rank.
     *
     * @param percentile 0…100
     */
    public long valueAtPercentile(double percentile) {
        return valueAtPercentile(percentile, 0);
    }

    /**
     * The same among these values and so many more that are above all of them; {@link Long#MAX_VALUE} for one of those.
     *
     * @param above 0 or more
     */
    long valueAtPercentile(double percentile, long above) {
        double share = Math.clamp(Math.nextDown(percentile), 0.0, 100.0);
        long rank = Math.max((long) Math.ceil(share * (total + above) / 100.0), 1);
        long seen = 0;
        for (int i = 0; i < used; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return percentile == 0 ? scale.lowest(indexes[i]) : scale.highest(indexes[i]);
            }
        }
        return above > 0 ? Long.MAX_VALUE : 0;
    }

    /** Mean with each value taken as the middle of its bucket; 0 without any value. */
    public double mean() {
        double sum = 0;
        for (int i = 0; i < used; i++) {
            sum += (double) scale.middle(indexes[i]) * counts[i];
        }
        return total == 0 ? 0 : sum / total;
    }

    /** Standard deviation with each value taken as the middle of its bucket; 0 without any value. */
    public double standardDeviation() {
        double mean = mean();
        double squares = 0;
        for (int i = 0; i < used; i++) {
            double deviation = scale.middle(indexes[i]) - mean;
            squares += deviation * deviation * counts[i];
        }
        return total == 0 ? 0 : Math.sqrt(squares / total);
    }

    BucketScale scale() {
        return scale;
    }

    int used() {
        return used;
    }

    int indexAt(int place) {
        return indexes[place];
    }

    long countAt(int place) {
        return counts[place];
    }
}
