package dev.loadstar.platform.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The real time, which passes in leaps at will, or is set by somebody while it goes on. */
final class OffsetClock extends Clock {

    private volatile Duration ahead = Duration.ZERO;

    private volatile Duration set = Duration.ZERO;

    void forward(Duration time) {
        ahead = ahead.plus(time);
    }

    void set(Duration by) {
        set = set.plus(by);
    }

    long nanoTime() {
        return System.nanoTime() + ahead.toNanos();
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead).plus(set);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
