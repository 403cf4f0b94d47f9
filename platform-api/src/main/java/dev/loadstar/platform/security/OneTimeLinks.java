package dev.loadstar.platform.security;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Tokens that sign their bearer in as the administrator, once and within ten minutes. Kept in memory only. */
public final class OneTimeLinks {

    private static final Duration VALID = Duration.ofMinutes(10);
    private static final int BYTES = 24;

    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Instant> ends = new ConcurrentHashMap<>();

    OneTimeLinks(InstantSource clock) {
        this.clock = clock;
    }

    /** A new link's path and query on this server: {@code /login?once=…}. */
    public String path() {
        return "/login?once=" + issue();
    }

    String issue() {
        Instant now = clock.instant();
        ends.values().removeIf(now::isAfter);
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        ends.put(token, now.plus(VALID));
        return token;
    }

    /** Whether the token was good; it is used up by asking. */
    boolean redeem(String token) {
        Instant end = ends.remove(token);
        return end != null && clock.instant().isBefore(end);
    }
}
