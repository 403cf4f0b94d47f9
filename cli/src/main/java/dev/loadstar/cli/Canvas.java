package dev.loadstar.cli;

import java.io.PrintStream;
import java.util.List;

/** The whole terminal to draw on: taken from the shell with the first picture, and given back as it was. */
final class Canvas implements AutoCloseable {

    /** The other screen, no cursor, and no new line where one is too long, as it is until we know of a new size. */
    private static final String TAKE = "\u001b[?1049h\u001b[?25l\u001b[?7l";

    private static final String GIVE_BACK = "\u001b[?7h\u001b[?25h\u001b[?1049l";
    private static final String HOME = "\u001b[H";

    /** Before the text: after a text that fills the line it would take the last character away. */
    private static final String CLEAR_LINE = "\u001b[2K";

    private static final String REST_OF_SCREEN = "\u001b[J";

    private final PrintStream out;
    private final Letters letters;
    private final TerminalSize size;
    private boolean taken;
    private boolean closed;

    Canvas(PrintStream out, Letters letters, TerminalSize size) {
        this.out = out;
        this.letters = letters;
        this.size = size;
    }

    Look.Size size() {
        return size.now();
    }

    /** Shows these lines and nothing else, in one go, so that nothing flickers. */
    synchronized void draw(List<String> lines) {
        if (closed) {
            return;
        }
        var picture = new StringBuilder(taken ? "" : TAKE).append(HOME);
        for (int i = 0; i < lines.size(); i++) {
            picture.append(CLEAR_LINE).append(letters.fit(lines.get(i))).append(i < lines.size() - 1 ? "\r\n" : "");
        }
        if (lines.size() < size.now().rows()) {
            picture.append("\u001b[%d;1H".formatted(lines.size() + 1)).append(REST_OF_SCREEN);
        }
        taken = true;
        out.print(picture);
        out.flush();
    }

    /** Also for a program that is being ended; nothing is drawn any more. */
    @Override
    public synchronized void close() {
        if (taken && !closed) {
            out.print(GIVE_BACK);
            out.flush();
        }
        closed = true;
    }
}
