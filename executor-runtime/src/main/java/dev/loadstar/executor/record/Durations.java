package dev.loadstar.executor.record;

import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * Durations of one series and second in µs, clamped to [0, 1 h], at 4 bytes each: a dense histogram per series would take
 * up to 188 KB.
 */
final class Durations {

    static final long MAX_MICROS = 3_600_000_000L;

    private int[] values = new int[16];
    private int size;

    static long clamp(long micros) {
        return Math.clamp(micros, 0, MAX_MICROS);
    }

    void add(long micros) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size++] = (int) clamp(micros); // an hour fits into 32 bits without a sign
    }

    boolean isEmpty() {
        return size == 0;
    }

    void forEach(LongConsumer consumer) {
        for (int i = 0; i < size; i++) {
            consumer.accept(Integer.toUnsignedLong(values[i]));
        }
    }
}
