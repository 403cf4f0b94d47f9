package dev.loadstar.demo;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/** Runs the demo target as a program of its own until it is told to end. */
public final class DemoTargetMain {

    private static final int USAGE = 2;

    private static final int DEFAULT_PORT = 8090;

    private static final String HELP = """
            usage: demo-target [--port N] [--host ADDRESS] [--delay MILLISECONDS] [--error-rate 0…1] [--log FILE]
            A small shop to put load on. GET /, GET /api/products, POST /api/cart; GET /admin/counts, GET /admin/log.
            """;

    private DemoTargetMain() {}

    public static void main(String[] args) throws InterruptedException {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        try {
            serve(Options.parse(args), out);
        } catch (UncheckedIOException e) {
            err.println(e.getMessage());
            System.exit(1);
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            err.print(HELP);
            System.exit(USAGE);
        }
    }

    private static void serve(Options options, PrintStream out) throws InterruptedException {
        var target = DemoTarget.start(options.host, options.port, options.log);
        target.holdFor(options.delay);
        target.errorRate(options.errorRate);
        Runtime.getRuntime().addShutdownHook(new Thread(target::close));
        out.println("Demo target is up      " + target.baseUrl());
        var never = new CountDownLatch(1);
        while (!never.await(1, TimeUnit.SECONDS)) {
            target.flushLog();
        }
    }

    /** What the program was asked for. */
    private static final class Options {
        private int port = DEFAULT_PORT;
        private String host = "127.0.0.1";
        private Duration delay = Duration.ZERO;
        private double errorRate;
        private @Nullable Path log;

        static Options parse(String[] args) {
            var options = new Options();
            for (int i = 0; i < args.length; i += 2) {
                if (i + 1 == args.length) {
                    throw new IllegalArgumentException("a value is missing after " + args[i]);
                }
                options.take(args[i], args[i + 1]);
            }
            return options;
        }

        private void take(String name, String value) {
            switch (name) {
                case "--port" -> port = Integer.parseInt(value);
                case "--host" -> host = value;
                case "--delay" -> delay = Duration.ofMillis(Long.parseLong(value));
                case "--error-rate" -> errorRate = Double.parseDouble(value);
                case "--log" -> log = Path.of(value);
                default -> throw new IllegalArgumentException(name + " is not known");
            }
        }
    }
}
