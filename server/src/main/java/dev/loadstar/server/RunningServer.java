package dev.loadstar.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

import dev.loadstar.platform.run.Runs;
import dev.loadstar.platform.security.OneTimeLinks;
import org.springframework.context.ConfigurableApplicationContext;

/** A server that takes runs, over its data directory. */
final class RunningServer implements AutoCloseable {

    private static final Duration OPEN_WITHIN = Duration.ofMinutes(1);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private final DataDirectory data;
    private final ConfigurableApplicationContext context;
    private final String url;

    private RunningServer(DataDirectory data, ConfigurableApplicationContext context, String url) {
        this.data = data;
        this.context = context;
        this.url = url;
    }

    /**
     * Starts and waits until it is up. Closing it gives the data directory back, as does a start that fails.
     *
     * @throws RuntimeException of which {@link StartFailure#of} makes something readable
     */
    static RunningServer start(Arguments arguments, DataDirectory data) {
        var starting = new Start(arguments, data);
        try {
            checkFree(arguments.port());
            ConfigurableApplicationContext context = starting.application().run();
            String url = "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
            var server = new RunningServer(data, context, url);
            server.awaitOpen();
            data.announce(url);
            return server;
        } catch (IOException e) {
            starting.undo();
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            starting.undo();
            throw e;
        }
    }

    /** Known before PostgreSQL and Kafka are started in vain. */
    private static void checkFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw StartFailure.portTaken(port);
        }
    }

    /** Up is when it can take runs, which is a moment after everything was started. */
    private void awaitOpen() {
        Runs runs = context.getBeanProvider(Runs.class).getIfAvailable();
        Instant end = Instant.now().plus(OPEN_WITHIN);
        while (runs != null && !runs.isOpen()) {
            if (Instant.now().isAfter(end)) {
                throw new StartFailure(
                        "it does not get to the point where it can take runs.", "What it waits for is in the log.");
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    String url() {
        return url;
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    /** Signs the local admin in, once; the bare address where this server has no pages. */
    String signInLink() {
        return context.getBeanProvider(OneTimeLinks.class).stream()
                .findAny()
                .map(links -> url + links.path())
                .orElse(url);
    }

    /** Drains: no new runs, running ones stop with a named reason, then everything else ends. */
    @Override
    public void close() {
        context.close();
        data.close();
    }
}
