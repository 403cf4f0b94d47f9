import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** What a measurement found: details as it goes on, and at its end a Markdown table of its bars, of which each is held or missed. */
final class Figures {

    private final List<String> rows = new ArrayList<>();
    private boolean missed;

    Figures(String title) {
        System.out.println("\n### " + title + "\n");
    }

    /** A table of details, begun by its head. */
    static void head(String... columns) {
        line((Object[]) columns);
        System.out.println("|" + "---|".repeat(columns.length));
    }

    static void line(Object... columns) {
        var line = new StringBuilder("|");
        for (Object column : columns) {
            line.append(' ').append(column).append(" |");
        }
        System.out.println(line);
    }

    void bar(String what, String bar, String measured, boolean held) {
        rows.add("| %s | %s | %s | %s |".formatted(what, bar, measured, held ? "held" : "**missed**"));
        missed |= !held;
    }

    /** Prints the bars and ends the program: with 1 if one was missed. */
    void finish() {
        PrintStream out = System.out;
        out.println("\n| figure | bar | measured | |\n|---|---|---|---|");
        rows.forEach(out::println);
        out.flush();
        System.exit(missed ? 1 : 0);
    }
}
