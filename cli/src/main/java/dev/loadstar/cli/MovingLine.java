package dev.loadstar.cli;

import java.io.PrintStream;
import java.time.Duration;

/** The one line that is drawn anew in its place; on anything that is no terminal, a plain line now and then. */
final class MovingLine {

    private static final Duration PLAIN_EVERY = Duration.ofSeconds(10);
    private static final String CLEAR = "\r\u001b[K";

    private final PrintStream stderr;
    private final boolean moving;
    private final int columns;
    private boolean shown;
    private boolean muted;
    private long nextPlain = System.nanoTime() + PLAIN_EVERY.toNanos();

    MovingLine(PrintStream stderr, boolean moving, int columns) {
        this.stderr = stderr;
        this.moving = moving;
        this.columns = columns;
    }

    /** Whether it goes to a terminal. */
    boolean moves() {
        return moving;
    }

    int columns() {
        return columns;
    }

    synchronized void draw(String line) {
        if (muted) {
            return;
        }
        if (moving) {
            stderr.print(CLEAR + (line.length() >= columns ? line.substring(0, columns - 1) : line));
            stderr.flush();
            shown = true;
        } else if (System.nanoTime() - nextPlain >= 0) {
            stderr.println(line.stripTrailing());
            stderr.flush();
            nextPlain = System.nanoTime() + PLAIN_EVERY.toNanos();
        }
    }

    synchronized void clear() {
        if (shown) {
            stderr.print(CLEAR);
            stderr.flush();
            shown = false;
        }
    }

    /** Prints a line that stays, in the place of the one that moves. */
    synchronized void above(PrintStream to, String text) {
        if (!muted) {
            clear();
            to.println(text);
            to.flush();
        }
    }

    /** Nothing is printed any more. */
    synchronized void mute() {
        clear();
        muted = true;
    }
}
