package dev.loadstar.results.export;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** A table of GitHub's Markdown, whose cells show their text and nothing else. */
public final class MarkdownTable {

    private final List<String[]> rows = new ArrayList<>();
    private int numbersFrom = Integer.MAX_VALUE;

    public MarkdownTable(String... heads) {
        rows.add(heads);
    }

    /** Columns from this one on, the first being 0, are numbers and stand to the right. */
    public MarkdownTable numbersFrom(int column) {
        numbersFrom = column;
        return this;
    }

    public void row(String... cells) {
        rows.add(cells);
    }

    public List<String> lines() {
        var lines = new ArrayList<String>();
        rows.forEach(row -> lines.add(line(row)));
        var rule = new ArrayList<>(Collections.nCopies(rows.getFirst().length, "---"));
        for (int column = numbersFrom; column < rule.size(); column++) {
            rule.set(column, "--:");
        }
        lines.add(1, "|" + String.join("|", rule) + "|");
        return lines;
    }

    private static String line(String... cells) {
        return Arrays.stream(cells).map(MarkdownTable::text).collect(Collectors.joining(" | ", "| ", " |"));
    }

    /** That text on one line, with nothing in it that is markup. */
    public static String text(String plain) {
        return plain.replaceAll("\\s+", " ")
                .replaceAll("[\\\\`*_\\[\\]|#~]", "\\\\$0")
                .replace("&", "&amp;")
                .replace("<", "&lt;");
    }
}
