package dev.loadstar.platform.security;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.BadCredentialsException;

import static org.assertj.core.api.Assertions.assertThat;

class SignInThrottleTests {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T10:00:00Z"));
    private final SignInThrottle throttle = new SignInThrottle(now::get);

    private boolean letsThrough(String address) throws Exception {
        var request = request(address);
        var chain = new MockFilterChain();
        throttle.doFilter(request, new MockHttpServletResponse(), chain);
        return chain.getRequest() != null;
    }

    private static MockHttpServletRequest request(String address) {
        var request = new MockHttpServletRequest("POST", "/login");
        request.setRemoteAddr(address);
        return request;
    }

    private void fail(String address, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            throttle.failing((request, response, failure) -> {})
                    .onAuthenticationFailure(
                            request(address), new MockHttpServletResponse(), new BadCredentialsException("wrong"));
        }
    }

    @Test
    void tenFailuresInARowCloseTheDoorForAMinuteForThatAddressOnly() throws Exception {
        fail("10.0.0.1", 9);
        assertThat(letsThrough("10.0.0.1")).isTrue();

        fail("10.0.0.1", 1);
        assertThat(letsThrough("10.0.0.1")).isFalse();
        assertThat(letsThrough("10.0.0.2")).isTrue();

        now.updateAndGet(instant -> instant.plus(Duration.ofSeconds(61)));
        assertThat(letsThrough("10.0.0.1")).isTrue();
    }
}
