package dev.loadstar.reporting.prometheus;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

import dev.loadstar.contract.plan.TargetQuery;
import dev.loadstar.reporting.prometheus.PrometheusProperties.Server;
import org.jspecify.annotations.Nullable;

/**
 * Asks registered servers by Prometheus' HTTP API. No other address is ever contacted: redirects and proxies are not
 * followed. Answers are bounded in time and size. Calls block; safe for many threads.
 */
public final class Prometheus implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    /** Prometheus itself refuses to give more than 11,000 values at once. */
    private static final int MOST_VALUES = 10_000;

    /** Many times what so many values of one series take. */
    private static final long MOST_BYTES = 4L << 20;

    private final Map<String, Server> servers;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();

    public Prometheus(PrometheusProperties settings) {
        this.servers = settings.prometheus();
    }

    /** @param second UTC epoch second */
    public record Value(long second, double value) {}

    /**
     * The query's values at {@code from} and each step after it, up to {@code to}; times without one are left out.
     *
     * @param from whole second, as {@code to}
     */
    public List<Value> range(TargetQuery query, Instant from, Instant to) throws QueryFailure, InterruptedException {
        var server = servers.get(query.server());
        if (server == null) {
            throw new QueryFailure("no Prometheus is registered as `%s` any more".formatted(query.server()), false);
        }
        var values = new ArrayList<Value>();
        long step = query.step().toSeconds();
        for (long begin = from.getEpochSecond(); begin <= to.getEpochSecond(); begin += step * MOST_VALUES) {
            long end = Math.min(to.getEpochSecond(), begin + step * (MOST_VALUES - 1));
            var answer = ask(query.server(), request(server, query.promql(), begin, end, step));
            values.addAll(RangeAnswer.read(query.server(), answer));
        }
        return values;
    }

    private static HttpRequest request(Server server, String promql, long begin, long end, long step) {
        var form = Map.of(
                "query",
                promql,
                "start",
                Long.toString(begin),
                "end",
                Long.toString(end),
                "step",
                Long.toString(step),
                "timeout",
                ANSWER.toSeconds() + "s");
        var request = HttpRequest.newBuilder(address(server))
                .timeout(ANSWER)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(encoded(form)));
        var authorization = authorization(server);
        return (authorization == null ? request : request.header("Authorization", authorization)).build();
    }

    private static URI address(Server server) {
        return URI.create(server.url().toString().replaceFirst("/+$", "") + "/api/v1/query_range");
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static @Nullable String authorization(Server server) {
        if (server.token() != null) {
            return "Bearer " + server.token();
        }
        if (server.user() == null) {
            return null;
        }
        String credentials = server.user() + ":" + (server.password() == null ? "" : server.password());
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    /** The client's own time-out ends with the first byte of a body, this one with its last. */
    private HttpResponse<byte[]> ask(String name, HttpRequest request) throws QueryFailure, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
        try {
            return answer.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new QueryFailure(
                    "Prometheus `%s` did not answer within %d s".formatted(name, ANSWER.toSeconds()), true);
        } catch (ExecutionException e) {
            throw new QueryFailure("Prometheus `%s` did not answer: %s".formatted(name, cause(e.getCause())), true);
        } finally {
            answer.cancel(true);
        }
    }

    private static String cause(@Nullable Throwable cause) {
        return cause instanceof IOException && cause.getMessage() != null
                ? cause.getMessage()
                : cause == null ? "it failed" : cause.getClass().getSimpleName();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
