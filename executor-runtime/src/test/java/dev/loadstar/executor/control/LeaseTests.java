package dev.loadstar.executor.control;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LeaseTests {

    private final AtomicLong nanos = new AtomicLong();
    private final Lease lease = new Lease(nanos::get);

    @Test
    void silenceBeforeTheLoadEndsNothing() {
        pass(3_600_000);
        lease.check();

        assertThat(lease.isOpen()).isTrue();
        assertThat(lease.silence()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void everyWordOfTheWorkerRenewsIt() {
        lease.begin(Duration.ofSeconds(3));
        for (int i = 0; i < 10; i++) {
            pass(2_900);
            lease.renew();
        }

        assertThat(lease.isOpen()).isTrue();
    }

    @Test
    void silenceForItsLengthClosesTheGate() {
        lease.begin(Duration.ofSeconds(3));
        pass(3_001);
        lease.check();

        assertThat(lease.isOpen()).isFalse();
    }

    @Test
    void wordThatComesTooLateDoesNotOpenTheGateAgain() {
        lease.begin(Duration.ofSeconds(3));
        pass(3_001); // as a frozen process: nobody checked in between
        lease.renew();
        lease.check();

        assertThat(lease.isOpen()).isFalse();
    }

    @Test
    void silenceAfterTheLoadEndsNothing() {
        lease.begin(Duration.ofSeconds(3));
        lease.end();
        pass(60_000);
        lease.check();

        assertThat(lease.isOpen()).isTrue();
    }

    private void pass(long millis) {
        nanos.addAndGet(Duration.ofMillis(millis).toNanos());
    }
}
