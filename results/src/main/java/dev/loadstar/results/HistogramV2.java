package dev.loadstar.results;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * The V2 encoding of HdrHistogram: a header of 40 bytes, then one zigzag LEB128 number per bucket, of which negative ones
 * stand for a run of empty buckets. What is decoded comes from other processes, so every number is checked.
 */
final class HistogramV2 {

    private static final int COOKIE = 0x1c849303;
    private static final int WORD_SIZE_BITS = 0xf0;
    private static final int HEADER = 40;

    /** The longest form of one number. */
    private static final int MAX_NUMBER = 9;

    /** Bytes that room is made for before they are read. */
    private static final int MOST_AT_ONCE = 8_192;

    private HistogramV2() {}

    static SparseHistogram decode(ByteBuffer in) {
        try {
            return decodeChecked(in);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("a histogram ends in its middle", e);
        }
    }

    private static SparseHistogram decodeChecked(ByteBuffer in) {
        require((in.getInt() & ~WORD_SIZE_BITS) == COOKIE, "a histogram is not in the V2 encoding");
        int length = in.getInt();
        int offset = in.getInt();
        int digits = in.getInt();
        long lowestDiscernible = in.getLong();
        in.getLong();
        double ratio = in.getDouble();
        require(offset == 0 && lowestDiscernible == 1 && ratio == 1.0, "a histogram is shifted or scaled");
        require(length >= 0 && length <= in.remaining(), "a histogram is shorter than it says");
        // A bucket takes two bytes as a rule, its gap and its count.
        var histogram = SparseHistogram.ofDigits(digits, Math.min(length, MOST_AT_ONCE) / 2 + 1);
        readCounts(in.slice(in.position(), length), histogram);
        return histogram;
    }

    private static void readCounts(ByteBuffer in, SparseHistogram into) {
        long index = 0;
        while (in.hasRemaining()) {
            long number = readNumber(in);
            if (number < 0) {
                require(number > -Integer.MAX_VALUE, "a histogram has too many buckets");
                index -= number;
            } else {
                require(index < into.scale().limit(), "a histogram has too many buckets");
                require(number <= Long.MAX_VALUE - into.total(), "a histogram counts too far");
                into.append((int) index, number);
                index++;
            }
        }
    }

    static byte[] encode(SparseHistogram histogram) {
        int used = histogram.used();
        var out = ByteBuffer.allocate(HEADER + 2 * MAX_NUMBER * Math.max(1, used));
        int last = used == 0 ? 0 : histogram.indexAt(used - 1);
        out.putInt(COOKIE | 0x10).putInt(0).putInt(0).putInt(histogram.scale().digits());
        out.putLong(1).putLong(Math.max(2, histogram.scale().highest(last))).putDouble(1.0);
        int next = 0;
        for (int i = 0; i < used; i++) {
            writeGap(out, histogram.indexAt(i) - next);
            writeNumber(out, histogram.countAt(i));
            next = histogram.indexAt(i) + 1;
        }
        if (used == 0) {
            writeNumber(out, 0);
        }
        out.putInt(Integer.BYTES, out.position() - HEADER);
        byte[] bytes = new byte[out.flip().remaining()];
        out.get(bytes);
        return bytes;
    }

    private static void writeGap(ByteBuffer out, int empty) {
        if (empty > 0) {
            writeNumber(out, empty == 1 ? 0 : -empty);
        }
    }

    private static void writeNumber(ByteBuffer out, long number) {
        long rest = (number << 1) ^ (number >> 63);
        for (int i = 1; i < MAX_NUMBER && rest >>> 7 != 0; i++) {
            out.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }

    private static long readNumber(ByteBuffer in) {
        long raw = 0;
        for (int i = 0; i < MAX_NUMBER; i++) {
            byte next = in.get();
            boolean ninth = i == MAX_NUMBER - 1;
            raw |= (long) (ninth ? next & 0xff : next & 0x7f) << (7 * i);
            if (next >= 0) {
                break;
            }
        }
        return (raw >>> 1) ^ -(raw & 1);
    }

    private static void require(boolean fine, String otherwise) {
        if (!fine) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
