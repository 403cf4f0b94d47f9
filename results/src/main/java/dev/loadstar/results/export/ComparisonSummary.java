package dev.loadstar.results.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.loadstar.contract.run.ComparisonDocument;
import dev.loadstar.contract.run.ComparisonDocument.Row;
import dev.loadstar.contract.run.ComparisonDocument.Side;
import dev.loadstar.contract.run.ComparisonDocument.Significance;
import org.jspecify.annotations.Nullable;

/** A comparison of two runs for a comment on a merge request. */
public final class ComparisonSummary {

    private ComparisonSummary() {}

    /** @param server address that the runs' pages are below */
    public static String of(ComparisonDocument comparison, String server) {
        var lines = new ArrayList<String>();
        lines.add("## %s against %s".formatted(link(comparison.b(), server), link(comparison.a(), server)));
        lines.add("");
        lines.add(MarkdownTable.text(comparison.sentence()));
        comparison.notes().forEach(note -> lines.add("- " + MarkdownTable.text(note)));
        lines.add("");
        lines.addAll(table(comparison).lines());
        return String.join("\n", lines) + "\n";
    }

    private static String link(Side side, String server) {
        String name = side.test() == null ? "run" : side.test();
        return "[%s #%d](<%s>)".formatted(MarkdownTable.text(name), side.number(), server + side.page());
    }

    private static MarkdownTable table(ComparisonDocument comparison) {
        var table = new MarkdownTable(
                        "label",
                        "figure",
                        "#" + comparison.a().number(),
                        "#" + comparison.b().number(),
                        "change",
                        "")
                .numbersFrom(2);
        comparison.rows().forEach(row -> table.row(cells(row)));
        return table;
    }

    private static String[] cells(Row row) {
        return List.of(
                        label(row),
                        row.metric(),
                        value(row, row.a()),
                        value(row, row.b()),
                        row.change() == null
                                ? ExactNumber.NOTHING
                                : String.format(Locale.ROOT, "%+.1f %%", row.change() * 100),
                        word(row.significance()))
                .toArray(String[]::new);
    }

    private static String label(Row row) {
        if (row.label() == null) {
            return "all requests";
        }
        return row.kind().equals("request") ? row.label() : row.label() + " (" + row.kind() + ")";
    }

    private static String value(Row row, @Nullable Double value) {
        return switch (row.unit()) {
            case "ratio" -> ExactNumber.percent(value);
            case "ms" -> value == null ? ExactNumber.NOTHING : ExactNumber.of(value) + " ms";
            default -> ExactNumber.orDash(value);
        };
    }

    private static String word(Significance significance) {
        return switch (significance) {
            case WORSE -> "▲ worse";
            case BETTER -> "▼ better";
            case SAME -> "";
            case UNKNOWN -> "?";
        };
    }
}
