package dev.loadstar.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Where the command's words go: facts to one stream; the line that moves and errors to stderr. */
final class Screen {

    private final PrintStream facts;
    private final PrintStream stderr;
    private final Look look;
    private final boolean colour;
    private final MovingLine line;
    private final Letters factLetters;
    private final Letters letters;

    /** @param facts writes in the terminal's charset where it leads to one, else UTF-8, as does {@code stderr} */
    Screen(PrintStream facts, PrintStream stderr, Look look) {
        this(
                facts,
                stderr,
                look,
                look.facts(),
                new MovingLine(stderr, look.words(), look.size().columns()));
    }

    private Screen(PrintStream facts, PrintStream stderr, Look look, boolean terminal, MovingLine line) {
        this.facts = facts;
        this.stderr = stderr;
        this.look = look;
        this.colour = terminal && look.colour();
        this.line = line;
        this.factLetters = letters(look, terminal);
        this.letters = letters(look, look.words());
    }

    private static Letters letters(Look look, boolean terminal) {
        return new Letters(terminal ? look.charset() : StandardCharsets.UTF_8);
    }

    /** The same screen without touching stdout, because only JSON belongs there. */
    Screen besideJson() {
        return new Screen(stderr, stderr, look, look.words(), line);
    }

    Look look() {
        return look;
    }

    Paint paint() {
        return new Paint(colour);
    }

    /** For what goes to stderr. */
    Paint errorPaint() {
        return new Paint(look.words() && look.colour());
    }

    /** Where facts go, for those who draw on all of it. */
    Canvas canvas() {
        return new Canvas(facts, factLetters, new TerminalSize(look.size()));
    }

    /** Columns that a table of facts may take; where nobody looks at it there is no end to them. */
    int columns() {
        return look.facts() ? look.size().columns() : Integer.MAX_VALUE;
    }

    void fact(String text) {
        line.above(facts, factLetters.fit(text));
    }

    void error(String text) {
        line.above(stderr, letters.fit(text));
    }

    /** Asks for something; the answer stands behind it. */
    void prompt(String text) {
        line.clear();
        stderr.print(letters.fit(text));
        stderr.flush();
    }

    /** Shows where things are; the newest line replaces the one before. */
    void live(String text) {
        line.draw(letters.fit(text));
    }

    /** Columns of the line that moves. */
    int lineColumns() {
        return line.columns();
    }

    /** Takes the moving line away. */
    void clear() {
        line.clear();
    }

    /** Whatever else is said while the program ends is of no use any more. */
    void lastWord(String text) {
        line.above(stderr, letters.fit(text));
        line.mute();
    }
}
