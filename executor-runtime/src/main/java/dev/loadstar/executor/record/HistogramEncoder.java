package dev.loadstar.executor.record;

import java.nio.ByteBuffer;

import com.google.protobuf.ByteString;
import org.HdrHistogram.Histogram;

/** Writes durations as HdrHistogram V2 (not compressed), through one dense histogram that is used again and again. */
final class HistogramEncoder {

    /** Place of "highest trackable value" in the V2 encoding. */
    private static final int HIGHEST_TRACKABLE = 24;

    private final Histogram scratch;
    private ByteBuffer buffer = ByteBuffer.allocate(1 << 12);

    HistogramEncoder(int digits) {
        scratch = new Histogram(1, Durations.MAX_MICROS, digits);
    }

    /** The encoding, empty if there are no durations. Says its own maximum as the highest trackable value, so that a reader's histogram is no larger than needed. */
    ByteString encode(Durations durations) {
        if (durations.isEmpty()) {
            return ByteString.EMPTY;
        }
        scratch.reset();
        durations.forEach(scratch::recordValue);
        int needed = scratch.getNeededByteBufferCapacity();
        if (buffer.capacity() < needed) {
            buffer = ByteBuffer.allocate(needed);
        }
        buffer.clear();
        int length = scratch.encodeIntoByteBuffer(buffer);
        buffer.putLong(HIGHEST_TRACKABLE, Math.max(2, scratch.getMaxValue()));
        return ByteString.copyFrom(buffer.array(), 0, length);
    }
}
