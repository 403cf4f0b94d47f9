package dev.loadstar.demo;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class DemoTargetTests {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @Test
    void shopSellsWhatItLists() throws Exception {
        try (var target = DemoTarget.start(0)) {
            assertThat(get(target, "/").body()).contains("Tea and cups");
            assertThat(get(target, "/api/products").body()).contains("\"sku\":\"tea-01\"", "\"cents\":890");

            var cart = post(target, "{\"sku\": \"tea-01\", \"quantity\": 3}");

            assertThat(cart.statusCode()).isEqualTo(201);
            assertThat(cart.body()).endsWith("\"cents\":2670}");
        }
    }

    @Test
    void everyArrivalIsCountedWithItsAnswer() throws Exception {
        try (var target = DemoTarget.start(0)) {
            get(target, "/api/products?page=1");
            get(target, "/api/products");
            get(target, "/nowhere");
            post(target, "{}");

            assertThat(target.counts())
                    .isEqualTo(Map.of("GET /api/products", 2L, "GET /nowhere", 1L, "POST /api/cart", 1L));
            assertThat(target.arrivals()).extracting(Arrival::status).containsExactly(200, 200, 404, 400);
            assertThat(get(target, "/admin/counts").body())
                    .isEqualTo("{\"GET /api/products\":2,\"GET /nowhere\":1,\"POST /api/cart\":1}");
            assertThat(get(target, "/admin/log").body().lines()).hasSize(4);
        }
    }

    @Test
    void frozenTargetAnswersOnceItThaws() throws Exception {
        try (var target = DemoTarget.start(0)) {
            target.freeze();
            var answer = CLIENT.sendAsync(request(target, "/").build(), BodyHandlers.ofString());
            var second = CLIENT.sendAsync(request(target, "/admin/counts").build(), BodyHandlers.ofString());
            await().until(second::isDone);

            assertThat(answer).isNotDone();

            target.thaw();
            assertThat(answer.get().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void holdingMakesEveryAnswerLater() throws Exception {
        try (var target = DemoTarget.start(0)) {
            target.holdFor(Duration.ofMillis(120));
            long before = System.nanoTime();

            get(target, "/");

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(120));
        }
    }

    @Test
    void errorRateIsMetExactly() throws Exception {
        try (var target = DemoTarget.start(0)) {
            target.errorRate(0.2);
            for (int i = 0; i < 50; i++) {
                get(target, "/");
            }

            assertThat(target.arrivals())
                    .filteredOn(arrival -> arrival.status() == 500)
                    .hasSize(10);
        }
    }

    @Test
    void logFileHoldsALinePerArrival(@TempDir Path folder) throws Exception {
        var log = folder.resolve("arrivals.log");
        try (var target = DemoTarget.start("127.0.0.1", 0, log)) {
            get(target, "/api/products");
            get(target, "/");
        }

        assertThat(Files.readAllLines(log))
                .satisfiesExactly(
                        line -> assertThat(line).matches("\\d{16} GET /api/products 200"),
                        line -> assertThat(line).matches("\\d{16} GET / 200"));
    }

    @Test
    void latenciesSpreadAroundTheTypicalOneWithFewSlow() {
        var millis = LongStream.range(0, 1500)
                .mapToObj(n -> Mood.latencyNanos(n, 10) / 1e6)
                .toList();

        assertThat(millis).allMatch(value -> value >= 5 && value < 120);
        assertThat(millis).filteredOn(value -> value > 15).hasSizeBetween(1, 10);
    }

    private static HttpResponse<String> get(DemoTarget target, String path) throws Exception {
        return CLIENT.send(request(target, path).build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(DemoTarget target, String body) throws Exception {
        return CLIENT.send(
                request(target, "/api/cart").POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(DemoTarget target, String path) {
        return HttpRequest.newBuilder(URI.create(target.baseUrl() + path));
    }
}
