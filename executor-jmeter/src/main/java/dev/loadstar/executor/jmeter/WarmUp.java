package dev.loadstar.executor.jmeter;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

import javax.script.ScriptException;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.apache.jmeter.engine.StandardJMeterEngine;
import org.apache.jmeter.protocol.http.sampler.HTTPSamplerProxy;
import org.apache.jmeter.testelement.TestPlan;
import org.apache.jmeter.testelement.property.TestElementProperty;
import org.apache.jmeter.threads.AbstractThreadGroup;
import org.apache.jmeter.threads.ThreadGroup;
import org.apache.jmeter.util.JSR223TestElement;
import org.apache.jorphan.collections.ListedHashTree;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a small plan of our own against a server inside this process, so that the first seconds of a test do not measure
 * how JMeter's classes are loaded and compiled. Nothing of it is recorded and no other host sees it.
 */
final class WarmUp {

    private static final Logger log = LoggerFactory.getLogger(WarmUp.class);
    private static final Duration LENGTH = Duration.ofMillis(250);
    private static final byte[] PAGE = "<html><body>loadstar warms up</body></html>".getBytes(StandardCharsets.UTF_8);

    private WarmUp() {}

    /** Does nothing where the script goes through a proxy, which would see it. */
    static void run() {
        if (System.getProperty("http.proxyHost") != null) {
            return;
        }
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(threads);
            server.createContext("/", WarmUp::answer);
            server.start();
            try {
                sample(server.getAddress());
            } finally {
                server.stop(0);
            }
        } catch (IOException e) {
            log.warn("no warm-up: {}", e.toString());
        }
    }

    /** Loads the compiler that JSR223 elements and {@code __groovy} use, which takes longer than all the rest. */
    static void groovy() {
        try {
            var engine = JSR223TestElement.getInstance().getEngineByName("groovy");
            if (engine != null) {
                engine.eval("[1, 2].collect { it * 2 }.sum().toString()");
            }
        } catch (ScriptException e) {
            log.warn("no warm-up of Groovy: {}", e.toString());
        }
    }

    private static void sample(InetSocketAddress server) {
        var plan = new TestPlan("warm-up");
        var group = new ThreadGroup();
        group.setName("warm-up");
        group.setNumThreads(1);
        group.setIsSameUserOnNextIteration(true);
        group.setProperty(new TestElementProperty(
                AbstractThreadGroup.MAIN_CONTROLLER, IterationController.endless(new Budget())));
        var request = new HTTPSamplerProxy();
        request.setName("warm-up");
        request.setMethod("GET");
        request.setProtocol("http");
        request.setDomain(server.getAddress().getHostAddress());
        request.setPort(server.getPort());
        request.setPath("/");
        request.setUseKeepAlive(true);
        request.setConnectTimeout("1000");
        request.setResponseTimeout("1000");
        var tree = new ListedHashTree();
        tree.add(plan).add(group).add(request);
        var engine = new StandardJMeterEngine();
        engine.configure(tree);
        engine.run();
    }

    /** Counted from the first request on, because classes are loaded before it. */
    private static final class Budget implements Iterations {

        private final AtomicLong end = new AtomicLong();

        @Override
        public boolean mayBegin() {
            long now = System.nanoTime();
            return end.updateAndGet(known -> known == 0 ? now + LENGTH.toNanos() : known) - now > 0;
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, PAGE.length);
            exchange.getResponseBody().write(PAGE);
        }
    }
}
