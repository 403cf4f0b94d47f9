package dev.loadstar.executor.tool;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.loadstar.contract.plan.Inputs;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.Requests;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.plan.Shard;
import dev.loadstar.executor.clock.OwnClock;
import dev.loadstar.executor.log.JobLog;

/**
 * A load like the one to come, by the tool itself, against a web server inside this process, so that the first seconds of a
 * test do not measure how classes are loaded and compiled. Nothing of it is recorded, no other host sees it. Every answer is
 * {@code {"says": "loadstar warms up"}}.
 */
public final class WarmUp {

    private static final int BACKLOG = 100;
    private static final byte[] PAGE = "{\"says\": \"loadstar warms up\"}".getBytes(StandardCharsets.UTF_8);

    /** Requests after which what they need is compiled, at least once. */
    private static final int ENOUGH = 1_200;

    /** For them, of one executor; several may share a machine, and its processors. */
    private static final Duration MOST = Duration.ofMillis(1_200);

    private static final int MOST_EXECUTORS = 4;

    /** Longer than any warm-up: it is stopped. */
    private static final Duration ENDLESS = Duration.ofMinutes(1);

    /** Fresh users cost more than iterations of the same one: there are as many as a second of much load has. */
    private static final Load ARRIVALS = new Load.Open(
            1_000,
            List.of(new Load.RateStage("warm-up", ENDLESS, 1_000, Load.Shape.HOLD, false)),
            Load.Arrivals.EVEN,
            1,
            8,
            Duration.ofSeconds(1));

    /** So many users that not only what they do is compiled but also what makes one: each is to be there at the first instant. */
    private static final Load ITERATIONS = new Load.Iterations(60, 1_000_000, ENDLESS, Duration.ofSeconds(1));

    private final CountDownLatch enough = new CountDownLatch(ENOUGH);

    private WarmUp() {}

    /** Makes the tool's session of the warm-up. */
    @FunctionalInterface
    public interface Sessions {

        /**
         * @param shard its work are requests, which a tool may replace by what is like the script to come
         * @param nobody hears of its samples, and has no rows
         */
        ToolSession of(Shard shard, Requests requests, Nobody nobody) throws IOException;
    }

    /** Carries it out before the load of that shard. What goes wrong is a line of the log: a test can begin without. */
    public static void before(Shard shard, Sessions sessions) {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
            server.setExecutor(threads);
            server.createContext("/", WarmUp::answer);
            server.start();
            try {
                new WarmUp().load(shard, server.getAddress(), sessions);
            } finally {
                server.stop(0);
            }
        } catch (IOException e) {
            JobLog.warn("no warm-up: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void load(Shard shard, InetSocketAddress server, Sessions sessions)
            throws IOException, InterruptedException {
        String host = server.getAddress().getHostAddress();
        var target = new RunPlan.Target("http://%s:%d".formatted(host, server.getPort()), List.of(host));
        Load load = shard.scenario().load() instanceof Load.Open ? ARRIVALS : ITERATIONS;
        var requests = new Requests(Duration.ofSeconds(1), true, true, List.of(request("GET"), request("POST")));
        var scenario = new ScenarioPlan(
                "warm-up", shard.scenario().tool(), Duration.ZERO, requests, load, List.of(), Set.of());
        var alone = new Shard(1, 0, 1, scenario, target, List.of(), Inputs.NONE);
        try (var session = sessions.of(alone, requests, new Nobody())) {
            session.start(OwnClock.now());
            long most = MOST.multipliedBy(Math.min(shard.of(), MOST_EXECUTORS)).toNanos();
            if (!enough.await(most, TimeUnit.NANOSECONDS)) {
                JobLog.info("The warm-up had %d of %d requests".formatted(ENOUGH - enough.getCount(), ENOUGH));
            }
            session.stop(Duration.ZERO);
            session.await();
        }
    }

    private static Requests.Request request(String method) {
        var page = new Requests.Expect(List.of(200), "loadstar", List.of());
        var body = method.equals("POST") ? new Requests.Body.Text("loadstar") : null;
        return new Requests.Request(
                method, method, "/", Map.of(), Map.of("X-Loadstar", "warm-up"), body, null, null, page, List.of());
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, PAGE.length);
            exchange.getResponseBody().write(PAGE);
        }
    }

    /** Whom the tool tells of its warm-up. */
    public final class Nobody implements Recorder, RowSource {

        private Nobody() {}

        @Override
        public void record(Sample sample) {
            enough.countDown();
        }

        @Override
        public void arrival(long dueMicros, ArrivalFate fate) {
            // No plan is held against it.
        }

        @Override
        public void prepare(String data, long most) {
            // Nothing asks for rows.
        }

        @Override
        public long next(String data) {
            return NONE;
        }
    }
}
