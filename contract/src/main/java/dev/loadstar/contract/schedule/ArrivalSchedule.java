package dev.loadstar.contract.schedule;

import java.time.Duration;
import java.util.List;

import static java.util.Objects.checkIndex;

/**
 * The instants at which arrivals are due, as one sequence for the whole test: executors own indices of it, so that their
 * sums, fractions of an arrival and even spacing come out right for any number of executors.
 *
 * <p>With F(t) the planned rate accumulated from the start to t, arrival {@code k} is due at the first t with F(t) = k.
 * Within a segment the rate is linear, F is quadratic, and its inverse is taken in the form that also holds for a
 * constant rate: {@code t = 2n / (a + sqrt(a² + 2n(b-a)/d))}.
 */
public final class ArrivalSchedule {

    /** A sum of rates times seconds is whole only up to this; without it 0.1/s for 30 s could give a fourth arrival. */
    private static final double ROUNDING = 1e-6;

    private final List<Segment> segments;

    private ArrivalSchedule(List<Segment> segments) {
        this.segments = List.copyOf(segments);
    }

    public static ArrivalSchedule of(List<Segment> segments) {
        return new ArrivalSchedule(segments);
    }

    /** Number of arrivals in the whole schedule; an arrival due exactly at its end is not part of it. */
    public long size() {
        double arrivals = segments.stream().mapToDouble(Segment::arrivals).sum();
        return (long) Math.ceil(arrivals - ROUNDING);
    }

    /**
     * Time from the start of the load to arrival {@code index}.
     *
     * @throws IndexOutOfBoundsException if {@code index} is not in [0, {@link #size()})
     */
    public Duration due(long index) {
        double remaining = checkIndex(index, size());
        var elapsed = Duration.ZERO;
        for (var segment : segments) {
            if (remaining < segment.arrivals()) {
                return elapsed.plus(segment.reaches(remaining));
            }
            remaining -= segment.arrivals();
            elapsed = elapsed.plus(segment.duration());
        }
        throw new AssertionError("index %d within size but in no segment".formatted(index));
    }

    /** A stretch of time over which the rate goes linearly from one value to another; rates in arrivals per second, ≥ 0. */
    public record Segment(Duration duration, double fromRate, double toRate) {

        public Segment {
            if (!duration.isPositive() || !(fromRate >= 0) || !(toRate >= 0)) {
                throw new IllegalArgumentException(
                        "not a segment: %s from %s/s to %s/s".formatted(duration, fromRate, toRate));
            }
        }

        double arrivals() {
            return seconds() * (fromRate + toRate) / 2;
        }

        Duration reaches(double arrivals) {
            if (arrivals == 0) {
                return Duration.ZERO;
            }
            double growth = (toRate - fromRate) / seconds();
            double time = 2 * arrivals / (fromRate + Math.sqrt(fromRate * fromRate + 2 * arrivals * growth));
            return Duration.ofNanos(Math.round(time * 1e9));
        }

        private double seconds() {
            return duration.toNanos() / 1e9;
        }
    }
}
