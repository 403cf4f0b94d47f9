package dev.loadstar.executor.gatling;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.loadstar.contract.definition.Units;
import dev.loadstar.executor.clock.OwnClock;
import dev.loadstar.executor.request.Outgoing;
import dev.loadstar.executor.request.Step;
import dev.loadstar.executor.tool.HostRefusedException;
import dev.loadstar.executor.tool.Sample;
import dev.loadstar.executor.tool.Sample.Kind;
import io.gatling.http.client.impl.RequestTimeoutException;
import org.jspecify.annotations.Nullable;

/** One request of a definition with the redirects that it is sent on to: one sample, and a part for each hop where there are several. */
final class RequestCall {

    private static final int MOST_REDIRECTS = 20;
    private static final Set<Integer> ALWAYS = Set.of(301, 302, 303);
    private static final Set<Integer> IF_HARMLESS = Set.of(307, 308);
    private static final Set<String> HARMLESS = Set.of("GET", "HEAD");

    private final RequestIteration iteration;
    private final Step step;
    private final Outgoing outgoing;
    private final List<RequestHop> hops = new ArrayList<>();
    private final long startMicros = Exchanges.micros(OwnClock.now());
    private final long startNanos = System.nanoTime();

    RequestCall(RequestIteration iteration, Step step, Outgoing outgoing) {
        this.iteration = iteration;
        this.step = step;
        this.outgoing = outgoing;
    }

    void begin() {
        send(URI.create(outgoing.url().toString()), outgoing.method());
    }

    private void send(URI to, String method) {
        var hop = new RequestHop(to, method, this::ended);
        hops.add(hop);
        boolean sameHost = to.getHost().equalsIgnoreCase(outgoing.url().getHost());
        long left = iteration.rules.requests().timeout().toMillis() - (System.nanoTime() - startNanos) / 1_000_000;
        if (left <= 0) {
            end(hop, new IOException("timeout"));
            return;
        }
        hop.send(
                outgoing.headers().stream()
                        .filter(header -> sameHost || !header.name().equalsIgnoreCase("Authorization"))
                        .toList(),
                hops.size() == 1 ? outgoing.body() : null,
                iteration,
                left);
    }

    private void ended(RequestHop hop) {
        hop.keepCookies(iteration);
        URI on = hop.failure() == null ? redirect(hop) : null;
        if (on == null) {
            end(hop, hop.failure());
        } else if (hops.size() > MOST_REDIRECTS) {
            end(hop, new IOException("Exceeded maximum number of redirects: " + MOST_REDIRECTS));
        } else if (on.getHost() == null || !iteration.rules.target().allows(on.getHost())) {
            end(hop, HostRefusedException.of("The redirect", String.valueOf(on.getHost())));
        } else {
            send(on, hop.method().equals("HEAD") ? "HEAD" : "GET");
        }
    }

    private @Nullable URI redirect(RequestHop hop) {
        boolean isOne = ALWAYS.contains(hop.status())
                || (IF_HARMLESS.contains(hop.status()) && HARMLESS.contains(hop.method()));
        String location = hop.header("Location").orElse(null);
        if (!isOne || location == null || !iteration.rules.requests().followRedirects()) {
            return null;
        }
        try {
            return hop.uri().resolve(location.strip().replace(" ", "%20"));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private void end(RequestHop last, @Nullable Throwable failure) {
        String kind = null;
        String message = null;
        if (failure != null) {
            step.unanswered(iteration.visit);
            boolean late = failure instanceof RequestTimeoutException || "timeout".equals(failure.getMessage());
            kind = iteration.rules.errors().kind(null, failure.toString());
            message = late
                    ? "No complete response within "
                            + Units.text(iteration.rules.requests().timeout())
                    : failure.getMessage();
        } else {
            List<String> wrong = step.judge(last, iteration.visit);
            if (!wrong.isEmpty()) {
                kind = iteration.rules.errors().kind(String.valueOf(last.status()), "");
                message = kind.startsWith("http.") ? last.reason() : String.join("; ", wrong);
            }
        }
        tell(kind, message, last);
        iteration.next();
    }

    private void tell(@Nullable String kind, @Nullable String message, RequestHop last) {
        Sample sample = new Sample(
                step.name(),
                Kind.REQUEST,
                startMicros,
                iteration.takeIntended(),
                (System.nanoTime() - startNanos) / 1_000,
                hops.getFirst().ttfbMicros(),
                -1,
                hops.stream().mapToLong(RequestHop::bytesReceived).sum(),
                hops.stream().mapToLong(RequestHop::bytesSent).sum(),
                kind,
                message);
        if (kind == null) {
            iteration.recorder.record(sample);
        } else {
            iteration.recorder.record(sample, last::exchange);
        }
        if (hops.size() > 1) {
            for (int hop = 0; hop < hops.size(); hop++) {
                boolean failed = kind != null && hop == hops.size() - 1;
                iteration.recorder.record(
                        hops.get(hop).part(step.name() + "-" + hop, failed ? kind : null, failed ? message : null));
            }
        }
    }
}
