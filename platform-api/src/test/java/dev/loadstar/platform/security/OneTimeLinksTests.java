package dev.loadstar.platform.security;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OneTimeLinksTests {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T10:00:00Z"));
    private final OneTimeLinks links = new OneTimeLinks(now::get);

    @Test
    void aTokenIsGoodOnce() {
        String token = links.issue();

        assertThat(links.redeem(token)).isTrue();
        assertThat(links.redeem(token)).isFalse();
        assertThat(links.redeem("")).isFalse();
    }

    @Test
    void aTokenIsGoodForTenMinutes() {
        String early = links.issue();
        String late = links.issue();

        now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(9)));
        assertThat(links.redeem(early)).isTrue();
        now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(1)));
        assertThat(links.redeem(late)).isFalse();
    }
}
