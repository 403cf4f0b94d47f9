package dev.loadstar.executor.clock;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OwnClockTests {

    private static final Instant BEGIN = Instant.parse("2030-01-01T00:00:00Z");

    @Test
    void settingTheMachinesClockMovesNothing() {
        var wall = new AtomicReference<>(BEGIN);
        var nanos = new AtomicLong(42);
        var clock = new OwnClock(wall::get, nanos::get);

        wall.set(BEGIN.minus(Duration.ofHours(1)));
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(3));

        assertThat(clock.instant()).isEqualTo(BEGIN.plusSeconds(3));
    }
}
