package dev.loadstar.reporting.prometheus;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.loadstar.contract.plan.TargetQuery;
import dev.loadstar.reporting.prometheus.Prometheus.Value;
import dev.loadstar.reporting.prometheus.PrometheusProperties.Server;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Servers that do what no Prometheus should. */
class PrometheusTests {

    private static final Instant START = Instant.ofEpochSecond(1_700_000_000);

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private int status = 200;
    private byte[] body = new byte[0];
    private @Nullable String location;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestURI().getPath() + " "
                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        if (location != null) {
            exchange.getResponseHeaders().add("Location", location);
        }
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        } catch (IOException e) {
            assertThat(e).as("whoever asked has hung up").isNotNull();
        }
    }

    @Test
    void longTimeIsAskedForInPartsThatPrometheusGives() throws Exception {
        body = series("[[1700000000,\"1.5\"],[1700000015,\"NaN\"],[1700000030,\"+Inf\"]]");

        var values = range(null, null, START.plusSeconds(200_000));

        assertThat(values).containsExactly(new Value(1_700_000_000, 1.5), new Value(1_700_000_000, 1.5));
        assertThat(asked).hasSize(2);
        assertThat(asked.getFirst())
                .startsWith("/api/v1/query_range ")
                .contains("query=up%7Ba%3D%22b%22%7D", "start=1700000000", "end=1700149985", "step=15");
        assertThat(asked.getLast()).contains("start=1700150000", "end=1700200000");
    }

    @Test
    void credentialsAreThoseThatTheOperatorGave() throws Exception {
        body = series("[]");

        range(null, null, START);
        range("reader", null, START);
        range(null, "t0ken", START);

        assertThat(authorizations).containsExactly("null", "Basic cmVhZGVyOnNlY3JldA==", "Bearer t0ken");
    }

    @Test
    void redirectIsNotFollowedAndUnknownServersAreNotAsked() {
        status = 302;
        location = "http://127.0.0.1:%d/elsewhere".formatted(server.getAddress().getPort());

        assertThat(failure("main").why()).isEqualTo("Prometheus `main` answered 302");
        assertThat(asked).hasSize(1);
        assertThat(failure("other").why()).isEqualTo("no Prometheus is registered as `other` any more");
        assertThat(asked).hasSize(1);
    }

    @Test
    void answerThatIsTooLargeIsCutOffAndStrangeOnesAreNamed() {
        body = new byte[5 << 20];
        assertThat(failure("main").why()).startsWith("Prometheus `main` did not answer: ");

        body = "<html>".getBytes(StandardCharsets.UTF_8);
        assertThat(failure("main").why()).isEqualTo("`main` does not answer as a Prometheus does");
    }

    @Test
    void serverThatFailedMayBeAskedAgainAndOneThatRefusedMayNot() {
        status = 503;
        assertThat(failure("main").isPassing()).isTrue();

        status = 422;
        body = "{\"status\": \"error\", \"error\": \"query timed out\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(failure("main").isPassing()).isFalse();
        assertThat(failure("main").why()).isEqualTo("Prometheus `main` answered 422: query timed out");
    }

    private static byte[] series(String values) {
        return """
                {"status": "success", "data": {"resultType": "matrix", "result": [{"metric": {}, "values": %s}]}}""".formatted(values).getBytes(StandardCharsets.UTF_8);
    }

    private List<Value> range(@Nullable String user, @Nullable String token, Instant to) throws Exception {
        try (var prometheus = prometheus(user, token)) {
            return prometheus.range(query("main"), START, to);
        }
    }

    private QueryFailure failure(String name) {
        try (var prometheus = prometheus(null, null)) {
            return catchThrowableOfType(QueryFailure.class, () -> prometheus.range(query(name), START, START));
        }
    }

    private Prometheus prometheus(@Nullable String user, @Nullable String token) {
        var url = URI.create("http://127.0.0.1:%d".formatted(server.getAddress().getPort()));
        return new Prometheus(new PrometheusProperties(Map.of("main", new Server(url, user, "secret", token))));
    }

    private static TargetQuery query(String name) {
        return new TargetQuery("up", "target", name, "up{a=\"b\"}", TargetQuery.Unit.COUNT, Duration.ofSeconds(15));
    }
}
