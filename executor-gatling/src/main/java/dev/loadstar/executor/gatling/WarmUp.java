package dev.loadstar.executor.gatling;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.loadstar.executor.tool.ArrivalFate;
import dev.loadstar.executor.tool.Recorder;
import dev.loadstar.executor.tool.Sample;
import dev.loadstar.executor.tool.WarmUpTarget;
import io.gatling.core.config.GatlingConfiguration;
import io.gatling.core.scenario.Population;
import io.gatling.javaapi.core.CoreDsl;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpDsl;

/** Runs a small simulation of our own before the test. */
final class WarmUp {

    private static final Duration LENGTH = Duration.ofMillis(800);
    private static final int USERS = 8;

    private WarmUp() {}

    static void run(GatlingConfiguration configuration) {
        WarmUpTarget.serve(server -> load(configuration, server));
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
