package dev.loadstar.contract.schedule;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

import dev.loadstar.contract.plan.Load;

/** Where on the axis of accumulated rate each arrival stands. The same on every executor; goes forward only. */
sealed interface Positions {

    static Positions of(Load.Open load) {
        return switch (load.arrivals()) {
            case EVEN -> new Even();
            case POISSON -> new Poisson(load.seed());
        };
    }

    /** Of that arrival, which is not before the one asked for last. */
    double of(long index);

    /** The first arrival whose position is not below that one. */
    long firstFrom(double position);

    /** Arrival k stands at k. */
    record Even() implements Positions {

        @Override
        public double of(long index) {
            return index;
        }

        @Override
        public long firstFrom(double position) {
            return (long) Math.ceil(Math.max(0, position));
        }
    }

    /** The sums of exponentially distributed gaps of mean 1: with any rate, of a Poisson process with that rate. */
    final class Poisson implements Positions {

        private final RandomGenerator random;
        private long index = -1;
        private double position;

        Poisson(long seed) {
            random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        }

        @Override
        public double of(long wanted) {
            if (wanted < index) {
                throw new IllegalArgumentException("arrival %d after %d".formatted(wanted, index));
            }
            while (index < wanted) {
                step();
            }
            return position;
        }

        @Override
        public long firstFrom(double wanted) {
            while (index < 0 || position < wanted) {
                step();
            }
            return index;
        }

        private void step() {
            position += random.nextExponential();
            index++;
        }
    }
}
