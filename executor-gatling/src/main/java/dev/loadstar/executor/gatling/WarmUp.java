package dev.loadstar.executor.gatling;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.loadstar.executor.tool.ArrivalFate;
import dev.loadstar.executor.tool.Recorder;
import dev.loadstar.executor.tool.Sample;
import io.gatling.core.config.GatlingConfiguration;
import io.gatling.core.scenario.Population;
import io.gatling.javaapi.core.CoreDsl;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpDsl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a small simulation of our own against a server inside this process, so that the first seconds of a test do not measure
 * how Gatling's classes are loaded and compiled. Nothing of it is recorded and no other host sees it.
 */
final class WarmUp {

    private static final Logger log = LoggerFactory.getLogger(WarmUp.class);
    private static final Duration LENGTH = Duration.ofMillis(800);
    private static final int USERS = 8;
    private static final byte[] PAGE = "{\"says\": \"loadstar warms up\"}".getBytes(StandardCharsets.UTF_8);

    private WarmUp() {}

    static void run(GatlingConfiguration configuration) {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(threads);
            server.createContext("/", WarmUp::answer);
            server.start();
            try {
                load(configuration, server.getAddress());
            } finally {
                server.stop(0);
            }
        } catch (IOException e) {
            log.warn("no warm-up: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void load(GatlingConfiguration configuration, InetSocketAddress server) throws InterruptedException {
        var iterations = new Iterations();
        var stats = new SampleStats(iterations, new Nobody(), new SampleErrors(() -> false));
        var params = new Rounds(server).params(null);
        try (var engine = new Engine(configuration, iterations, stats, command -> {}, Throttles.none())) {
            var watch = new HttpWatch(iterations, _ -> true);
            List<Population> populations = new Populations(params, engine, watch, Populations.Throttling.NONE).all();
            long end = System.nanoTime() + LENGTH.toNanos();
            var going = new AtomicInteger(USERS);
            for (int user = 0; user < USERS; user++) {
                goRound(engine, populations.getFirst(), end, going);
            }
            while (going.get() > 0 && System.nanoTime() - end < LENGTH.toNanos()) {
                Thread.sleep(2);
            }
        }
    }

    private static void goRound(Engine engine, Population population, long end, AtomicInteger going) {
        engine.begin(population, -1, () -> {
            if (System.nanoTime() < end) {
                goRound(engine, population, end, going);
            } else {
                going.decrementAndGet();
            }
        });
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, PAGE.length);
            exchange.getResponseBody().write(PAGE);
        }
    }

    /** Says in Gatling's language what most simulations say. */
    private static final class Rounds extends Simulation {
        Rounds(InetSocketAddress server) {
            var http = HttpDsl.http
                    .baseUrl("http://%s:%d".formatted(server.getAddress().getHostAddress(), server.getPort()))
                    .acceptHeader("application/json");
            var scenario = CoreDsl.scenario("warm-up")
                    .exec(HttpDsl.http("get")
                            .get("/#{none.isUndefined()}")
                            .check(CoreDsl.jsonPath("$.says").saveAs("says")))
                    .group("group")
                    .on(HttpDsl.http("post").post("/").body(CoreDsl.StringBody("{\"heard\": \"#{says}\"}")));
            setUp(scenario.injectOpen(CoreDsl.atOnceUsers(1))).protocols(http);
        }
    }

    /** Whom the warm-up tells. */
    private record Nobody() implements Recorder {
        @Override
        public void record(Sample sample) {
            // Not of the test.
        }

        @Override
        public void arrival(long dueMicros, ArrivalFate fate) {
            // None is due.
        }
    }
}
