package dev.loadstar.contract.schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.Load.Shape;
import org.jspecify.annotations.Nullable;

/**
 * What a load's stages want over time, as a line: users of a closed one, arrivals per second of an open one. It is computed
 * once, because users ask before every iteration.
 *
 * @param segments one for each stage, in their order
 */
record StageLine(List<Segment> segments) {

    StageLine {
        segments = List.copyOf(segments);
    }

    /**
     * One stage, in which the value goes linearly from one to another.
     *
     * @param begin nanoseconds since the start of the load
     * @param end the same; no instant of it
     */
    record Segment(String stage, long begin, long end, double from, double to) {

        double at(long nanos) {
            return from + (to - from) * (nanos - begin) / (end - begin);
        }

        double seconds() {
            return (end - begin) / 1e9;
        }
    }

    static StageLine of(Load.Closed load) {
        var line = new Drawing(load.startUsers());
        load.stages().forEach(stage -> line.add(stage.name(), stage.duration(), stage.shape(), stage.users()));
        return new StageLine(line.segments);
    }

    static StageLine of(Load.Open load) {
        var line = new Drawing(load.startRate());
        load.stages().forEach(stage -> line.add(stage.name(), stage.duration(), stage.shape(), stage.rate()));
        return new StageLine(line.segments);
    }

    private static final class Drawing {

        private final List<Segment> segments = new ArrayList<>();
        private long end;
        private double value;

        Drawing(double start) {
            value = start;
        }

        void add(String stage, Duration length, Shape shape, double to) {
            long begin = end;
            end = begin + length.toNanos();
            segments.add(new Segment(stage, begin, end, shape == Shape.RAMP ? value : to, to));
            value = to;
        }
    }

    /** The value at that time; 0 before the start and after the end. */
    double at(Duration sinceStart) {
        long nanos = sinceStart.toNanos();
        Segment segment = segment(nanos);
        return nanos < 0 || segment == null ? 0 : segment.at(nanos);
    }

    /** Name of the stage at that time; the last one's after the end, the first one's before the start. */
    String stageAt(Duration sinceStart) {
        Segment segment = segment(sinceStart.toNanos());
        return (segment == null ? segments.getLast() : segment).stage;
    }

    private @Nullable Segment segment(long nanos) {
        for (Segment segment : segments) {
            if (nanos < segment.end) {
                return segment;
            }
        }
        return null;
    }
}
