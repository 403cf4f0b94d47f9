package dev.loadstar.server;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The program {@code server}: everything but load in one process, with PostgreSQL and Kafka in it where none is given. */
public final class LoadstarServer {

    /** System property that the logging configuration reads. */
    private static final String LOG_FILE = "loadstar.log";

    private LoadstarServer() {}

    /** Runs until it is told to end; exits with 2 for wrong arguments and with 1 if it does not start. */
    public static void main(String[] words) {
        Arguments arguments;
        try {
            arguments = Arguments.parse(words);
        } catch (StartFailure e) {
            System.err.print(e.block(null));
            System.exit(2);
            return;
        }
        Path log = null;
        try {
            DataDirectory data = DataDirectory.open(arguments.data());
            log = data.log();
            System.setProperty(LOG_FILE, log.toString());
            run(arguments, data);
        } catch (Exception e) {
            fail(e, log);
        }
    }

    private static void run(Arguments arguments, DataDirectory data) {
        var server = RunningServer.start(arguments, data);
        Ending.onSignal(server::close);
        System.out.println("Loadstar is up  %s  data in %s".formatted(server.signInLink(), data.folder()));
        System.out.flush();
    }

    private static void fail(Exception failure, @Nullable Path log) {
        if (log != null) {
            LoggerFactory.getLogger(LoadstarServer.class).debug("Not started", failure);
        }
        System.err.print(StartFailure.of(failure).block(log));
        // What was started by then must not keep the process alive.
        System.exit(1);
    }
}
