package dev.loadstar.results;

import java.util.stream.IntStream;

/**
 * How HdrHistogram lays values from 0 on (lowest discernible value 1) into buckets: up to {@code 2^(half+1)} one value
 * each, then twice as many values for each doubling.
 *
 * @param digits significant decimal digits, 1…5
 * @param half binary logarithm of half the sub-buckets
 */
record BucketScale(int digits, int half) {

    /** Beyond 2^62 HdrHistogram's own arithmetic ends. */
    private static final int MAX_BITS = 62;

    private static final BucketScale[] SCALES =
            IntStream.rangeClosed(1, 5).mapToObj(BucketScale::make).toArray(BucketScale[]::new);

    static BucketScale ofDigits(int digits) {
        if (digits < 1 || digits > SCALES.length) {
            throw new IllegalArgumentException(digits + " significant digits are not between 1 and 5");
        }
        return SCALES[digits - 1];
    }

    private static BucketScale make(int digits) {
        long exact = 2 * Math.round(Math.pow(10, digits));
        int magnitude = Long.SIZE - Long.numberOfLeadingZeros(exact - 1);
        return new BucketScale(digits, magnitude - 1);
    }

    int indexOf(long value) {
        int bucket = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(value) - (half + 1));
        int sub = (int) (value >>> bucket);
        return ((bucket + 1) << half) + sub - (1 << half);
    }

    /** Indexes from 0 up to and without this one are valid. */
    int limit() {
        return (MAX_BITS - half + 1) << half;
    }

    long lowest(int index) {
        int bucket = bucket(index);
        long sub = index < 1 << half ? index : (index & ((1 << half) - 1)) + (1L << half);
        return sub << bucket;
    }

    long highest(int index) {
        return lowest(index) + (1L << bucket(index)) - 1;
    }

    long middle(int index) {
        return lowest(index) + ((1L << bucket(index)) >> 1);
    }

    private int bucket(int index) {
        return Math.max(0, (index >> half) - 1);
    }
}
