package dev.loadstar.platform.security;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.web.filter.OncePerRequestFilter;

/** Makes guessing passwords slow: an address that failed ten times in a row may not try for a minute. */
final class SignInThrottle extends OncePerRequestFilter {

    private static final int TRIES = 10;
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final int MOST_ADDRESSES = 10_000;

    private final InstantSource clock;
    private final Map<String, Failures> failures = new ConcurrentHashMap<>();

    private record Failures(int count, Instant last) {}

    SignInThrottle(InstantSource clock) {
        this.clock = clock;
    }

    /** The same handler, which also counts. */
    AuthenticationFailureHandler failing(AuthenticationFailureHandler handler) {
        return (request, response, failure) -> {
            failed(request);
            handler.onAuthenticationFailure(request, response, failure);
        };
    }

    /** The same handler, which also forgives. */
    AuthenticationSuccessHandler succeeding(AuthenticationSuccessHandler handler) {
        return (request, response, caller) -> {
            failures.remove(request.getRemoteAddr());
            handler.onAuthenticationSuccess(request, response, caller);
        };
    }

    private void failed(HttpServletRequest request) {
        if (failures.size() >= MOST_ADDRESSES) {
            failures.values().removeIf(this::isOver);
        }
        failures.compute(request.getRemoteAddr(), (address, before) -> {
            int count = before == null || isOver(before) ? 0 : before.count;
            return new Failures(count + 1, clock.instant());
        });
    }

    private boolean isOver(Failures past) {
        return clock.instant().isAfter(past.last.plus(PAUSE));
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getMethod().equals(HttpMethod.POST.name())
                || !request.getRequestURI().equals(request.getContextPath() + "/login");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Failures past = failures.get(request.getRemoteAddr());
        if (past != null && past.count >= TRIES && !isOver(past)) {
            response.sendRedirect(request.getContextPath() + "/login?locked");
        } else {
            chain.doFilter(request, response);
        }
    }
}
