package dev.loadstar.contract.schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.loadstar.contract.plan.Load;

/**
 * The rate of an open load, accumulated over time: F(t) arrivals are due before t. Arrivals are one sequence for the whole
 * test; one at position {@code p} of it is due at the first t with F(t) = p. Executors own indices of the sequence, so
 * that sums, fractions of an arrival and even spacing come out right for any number of them.
 *
 * <p>Within a segment the rate is linear, F is quadratic, and its inverse is taken in the form that also holds for a
 * constant rate: {@code t = 2n / (a + sqrt(a² + 2n(b-a)/d))}.
 */
public final class ArrivalSchedule {

    /** A sum of rates times seconds is whole only up to this; without it 0.1/s for 30 s could give a fourth arrival. */
    private static final double ROUNDING = 1e-6;

    private final List<Segment> segments = new ArrayList<>();
    private final Duration duration;

    private ArrivalSchedule(Load.Open load) {
        long begin = 0;
        double before = 0;
        double rate = load.startRate();
        for (Load.RateStage stage : load.stages()) {
            long end = begin + stage.duration().toNanos();
            double from = stage.shape() == Load.Shape.RAMP ? rate : stage.rate();
            var segment = new Segment(stage.name(), begin, end, from, stage.rate(), before);
            segments.add(segment);
            begin = end;
            before = segment.after();
            rate = stage.rate();
        }
        duration = load.plannedDuration();
    }

    public static ArrivalSchedule of(Load.Open load) {
        return new ArrivalSchedule(load);
    }

    public Duration duration() {
        return duration;
    }

    /** F at the end: an arrival at this position or above is never due. */
    public double total() {
        return segments.getLast().after() - ROUNDING;
    }

    /** F at that time, in nanoseconds since the start of the load. */
    public double accumulated(long nanos) {
        if (nanos <= 0) {
            return 0;
        }
        for (Segment segment : segments) {
            if (nanos < segment.end) {
                return segment.before + segment.arrivalsUntil(nanos);
            }
        }
        return segments.getLast().after();
    }

    /**
     * When an arrival at that position is due, in nanoseconds since the start of the load.
     *
     * @throws IndexOutOfBoundsException if {@code position} is not in [0, {@link #total()})
     */
    public long due(double position) {
        for (Segment segment : segments) {
            if (position >= 0 && position < segment.after() - ROUNDING) {
                return segment.begin + segment.nanosUntil(Math.max(0, position - segment.before));
            }
        }
        throw new IndexOutOfBoundsException("no arrival at %s of %s".formatted(position, total()));
    }

    /** Planned arrivals per second at that time; 0 before the start and after the end. */
    public double rate(Duration sinceStart) {
        long nanos = sinceStart.toNanos();
        for (Segment segment : segments) {
            if (nanos < segment.end) {
                return nanos < 0 ? 0 : segment.rate(nanos);
            }
        }
        return 0;
    }

    /** Name of the stage at that time; the last one's after the end, the first one's before the start. */
    public String stageAt(Duration sinceStart) {
        long nanos = sinceStart.toNanos();
        for (Segment segment : segments) {
            if (nanos < segment.end) {
                return segment.stage;
            }
        }
        return segments.getLast().stage;
    }

    /** One stage: the rate goes linearly from one value to another. Times are nanoseconds since the start. */
    private record Segment(String stage, long begin, long end, double from, double to, double before) {

        double seconds() {
            return (end - begin) / 1e9;
        }

        double after() {
            return before + seconds() * (from + to) / 2;
        }

        double rate(long nanos) {
            return from + (to - from) * (nanos - begin) / (end - begin);
        }

        double arrivalsUntil(long nanos) {
            return (nanos - begin) / 1e9 * (from + rate(nanos)) / 2;
        }

        long nanosUntil(double arrivals) {
            if (arrivals == 0) {
                return 0;
            }
            double growth = (to - from) / seconds();
            double time = 2 * arrivals / (from + Math.sqrt(Math.max(0, from * from + 2 * arrivals * growth)));
            return Math.min(end - begin, Math.round(time * 1e9));
        }
    }
}
