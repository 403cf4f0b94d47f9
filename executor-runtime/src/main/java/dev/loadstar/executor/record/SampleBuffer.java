package dev.loadstar.executor.record;

import java.util.Arrays;
import java.util.function.Consumer;

import dev.loadstar.executor.tool.Sample;

/**
 * Samples on their way from the tool's threads to the folding thread. Striped by thread, so that its locks are hardly
 * ever contended; a sample costs one of them and one array store. Bounded: if folding stalls, samples above the bound are
 * counted as lost and the load goes on.
 */
final class SampleBuffer {

    /** Stripes × samples × about 100 bytes bound the memory: 8 × 128 Ki ≈ 100 MB, of a fold that hangs for seconds. */
    private static final int MAX_PER_STRIPE = 1 << 17;

    private final Stripe[] stripes;

    SampleBuffer(int atLeast) {
        int count = Integer.highestOneBit(Math.max(1, 2 * atLeast - 1));
        stripes = new Stripe[count];
        Arrays.setAll(stripes, i -> new Stripe());
    }

    void add(Sample sample) {
        stripes[(int) Thread.currentThread().threadId() & (stripes.length - 1)].add(sample);
    }

    /** Hands over everything that was added before this call. For one thread. */
    void drainTo(Consumer<Sample> sink) {
        for (Stripe stripe : stripes) {
            stripe.drainTo(sink);
        }
    }

    /** Request samples that found no room, since the last call. */
    long takeLost() {
        return Arrays.stream(stripes).mapToLong(Stripe::takeLost).sum();
    }

    private static final class Stripe {

        private Sample[] filling = new Sample[256];
        private Sample[] spare = new Sample[256];
        private int size;
        private long lost;

        synchronized void add(Sample sample) {
            if (size == filling.length && !grow()) {
                lost += sample.kind() == Sample.Kind.REQUEST ? 1 : 0;
                return;
            }
            filling[size++] = sample;
        }

        private boolean grow() {
            if (size >= MAX_PER_STRIPE) {
                return false;
            }
            filling = Arrays.copyOf(filling, 2 * size);
            return true;
        }

        void drainTo(Consumer<Sample> sink) {
            Sample[] full;
            int count;
            synchronized (this) {
                full = filling;
                count = size;
                filling = spare;
                size = 0;
            }
            for (int i = 0; i < count; i++) {
                sink.accept(full[i]);
            }
            Arrays.fill(full, 0, count, null);
            spare = full;
        }

        synchronized long takeLost() {
            long taken = lost;
            lost = 0;
            return taken;
        }
    }
}
