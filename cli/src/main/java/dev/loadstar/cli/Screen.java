package dev.loadstar.cli;

import java.io.PrintStream;

/** Where the command's words go: facts to one stream; the line that moves and errors to stderr. */
final class Screen {

    private final PrintStream facts;
    private final PrintStream stderr;
    private final boolean colour;
    private final MovingLine line;

    Screen(PrintStream facts, PrintStream stderr, Look look) {
        this(facts, stderr, look.colourFacts, new MovingLine(stderr, look.moving, look.columns));
    }

    private Screen(PrintStream facts, PrintStream stderr, boolean colour, MovingLine line) {
        this.facts = facts;
        this.stderr = stderr;
        this.colour = colour;
        this.line = line;
    }

    /**
     * @param colourFacts whether facts may be coloured
     * @param moving whether stderr is a terminal on which a line can be drawn anew
     * @param columns width of that terminal
     */
    record Look(boolean colourFacts, boolean moving, int columns) {}

    /** The same screen without touching stdout, because one JSON document is all that belongs there. */
    Screen besideJson() {
        return new Screen(stderr, stderr, false, line);
    }

    Paint paint() {
        return new Paint(colour);
    }

    /** For what goes to stderr. */
    Paint errorPaint() {
        return new Paint(colour && line.moves());
    }

    int columns() {
        return line.columns();
    }

    void fact(String text) {
        line.above(facts, text);
    }

    void error(String text) {
        line.above(stderr, text);
    }

    /** Shows where things are; the newest line replaces the one before. */
    void live(String text) {
        line.draw(text);
    }

    /** Takes the moving line away. */
    void clear() {
        line.clear();
    }

    /** Whatever else is said while the program ends is of no use any more. */
    void lastWord(String text) {
        line.above(stderr, text);
        line.mute();
    }
}
