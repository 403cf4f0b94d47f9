package dev.loadstar.cli;

import java.io.PrintStream;
import java.time.Duration;

/**
 * Where the command's words go: facts to one stream, one line that moves to stderr, errors to stderr. On anything that is
 * no terminal the moving line becomes a plain line now and then, and nothing is coloured.
 */
final class Screen {

    private static final Duration PLAIN_EVERY = Duration.ofSeconds(10);
    private static final String CLEAR = "\r\u001b[K";

    private final PrintStream facts;
    private final PrintStream stderr;
    private final Look look;
    private boolean lineShown;
    private boolean muted;
    private long nextPlain = System.nanoTime();

    Screen(PrintStream facts, PrintStream stderr, Look look) {
        this.facts = facts;
        this.stderr = stderr;
        this.look = look;
    }

    /**
     * @param colourFacts whether facts may be coloured
     * @param moving whether stderr is a terminal on which a line can be drawn anew
     * @param columns width of that terminal
     */
    record Look(boolean colourFacts, boolean moving, int columns) {}

    /** A screen on which facts do not touch stdout, because one JSON document is all that belongs there. */
    Screen besideJson() {
        return new Screen(stderr, stderr, new Look(false, look.moving, look.columns));
    }

    /** The one document that a {@code --json} command prints. */
    synchronized void json(String document) {
        say(facts, document);
    }

    Paint paint() {
        return new Paint(look.colourFacts);
    }

    int columns() {
        return look.columns;
    }

    /** Whether the moving line really moves, so that drawing it often makes sense. */
    boolean moves() {
        return look.moving;
    }

    synchronized void fact(String text) {
        say(facts, text);
    }

    synchronized void error(String text) {
        say(stderr, text);
    }

    /** The last word: whatever else is said while the program ends is of no use any more. */
    synchronized void lastWord(String text) {
        say(stderr, text);
        mute();
    }

    synchronized void mute() {
        clear();
        muted = true;
    }

    /** Shows where things are; the newest line replaces the one before. */
    synchronized void live(String line) {
        if (muted) {
            return;
        }
        if (look.moving) {
            stderr.print(CLEAR + (line.length() >= look.columns ? line.substring(0, look.columns - 1) : line));
            stderr.flush();
            lineShown = true;
        } else if (System.nanoTime() - nextPlain >= 0) {
            stderr.println(line.stripTrailing());
            stderr.flush();
            nextPlain = System.nanoTime() + PLAIN_EVERY.toNanos();
        }
    }

    /** Takes the moving line away. */
    synchronized void clear() {
        if (lineShown) {
            stderr.print(CLEAR);
            stderr.flush();
            lineShown = false;
        }
    }

    private void say(PrintStream to, String text) {
        if (!muted) {
            clear();
            to.println(text);
            to.flush();
        }
    }
}
