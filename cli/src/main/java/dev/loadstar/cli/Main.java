package dev.loadstar.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The program {@code loadstar}: runs one command, and says how it failed. */
public final class Main {

    private static final int KILLED = 137;

    private Main() {}

    public static void main(String[] args) {
        var environment = System.getenv();
        var size = new Look.Size(
                positive("loadstar.columns", Look.Size.USUAL.columns()),
                positive("loadstar.rows", Look.Size.USUAL.rows()));
        var look = Look.of(environment, System.getProperty("loadstar.terminals", ""), size);
        var out = new PrintStream(System.out, false, look.facts() ? look.charset() : StandardCharsets.UTF_8);
        var err = new PrintStream(System.err, false, look.words() ? look.charset() : StandardCharsets.UTF_8);
        endWithTheScript();
        int code = new Commands(new Screen(out, err, look), environment).execute(args);
        out.flush();
        err.flush();
        System.exit(code);
    }

    /** A terminal that does not know its size says 0. */
    private static int positive(String property, int otherwise) {
        int value = Integer.getInteger(property, 0);
        return value > 0 ? value : otherwise;
    }

    /** The script passes signals on to us; where it was killed, nobody could. */
    private static void endWithTheScript() {
        if (System.getProperty("loadstar.script") != null) {
            Thread.ofVirtual().start(() -> {
                ProcessHandle.current()
                        .parent()
                        .ifPresent(script -> script.onExit().join());
                System.exit(KILLED);
            });
        }
    }
}
