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
 * <p>Within a stage the rate is linear, F is quadratic, and its inverse is taken in the form that also holds for a
 * constant rate: {@code t = 2n / (a + sqrt(a² + 2n(b-a)/d))}.
 */
public final class ArrivalSchedule {

    /** A sum of rates times seconds is whole only up to this; without it 0.1/s for 30 s could give a fourth arrival. */
    private static final double ROUNDING = 1e-6;

    private final StageLine rates;
    private final List<Part> parts = new ArrayList<>();
    private final Duration duration;

    private ArrivalSchedule(Load.Open load) {
        rates = StageLine.of(load);
        double before = 0;
        for (StageLine.Segment segment : rates.segments()) {
            var part = new Part(segment, before);
            parts.add(part);
            before = part.after();
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
        return parts.getLast().after() - ROUNDING;
    }

    /** F at that time, in nanoseconds since the start of the load. */
    public double accumulated(long nanos) {
        if (nanos <= 0) {
            return 0;
        }
        for (Part part : parts) {
            if (nanos < part.rate.end()) {
                return part.before + part.arrivalsUntil(nanos);
            }
        }
        return parts.getLast().after();
    }

    /**
     * When an arrival at that position is due, in nanoseconds since the start of the load.
     *
     * @throws IndexOutOfBoundsException if {@code position} is not in [0, {@link #total()})
     */
    public long due(double position) {
        for (Part part : parts) {
            if (position >= 0 && position < part.after() - ROUNDING) {
                return part.rate.begin() + part.nanosUntil(Math.max(0, position - part.before));
            }
        }
        throw new IndexOutOfBoundsException("no arrival at %s of %s".formatted(position, total()));
    }

    /** Planned arrivals per second at that time; 0 before the start and after the end. */
    public double rate(Duration sinceStart) {
        return rates.at(sinceStart);
    }

    /** Name of the stage at that time; the last one's after the end, the first one's before the start. */
    public String stageAt(Duration sinceStart) {
        return rates.stageAt(sinceStart);
    }

    /**
     * The arrivals of one stage.
     *
     * @param before those of the stages before it
     */
    private record Part(StageLine.Segment rate, double before) {

        double after() {
            return before + rate.seconds() * (rate.from() + rate.to()) / 2;
        }

        double arrivalsUntil(long nanos) {
            return (nanos - rate.begin()) / 1e9 * (rate.from() + rate.at(nanos)) / 2;
        }

        /** Since the stage's begin. */
        long nanosUntil(double arrivals) {
            if (arrivals == 0) {
                return 0;
            }
            double from = rate.from();
            double growth = (rate.to() - from) / rate.seconds();
            double time = 2 * arrivals / (from + Math.sqrt(Math.max(0, from * from + 2 * arrivals * growth)));
            return Math.min(rate.end() - rate.begin(), Math.round(time * 1e9));
        }
    }
}
