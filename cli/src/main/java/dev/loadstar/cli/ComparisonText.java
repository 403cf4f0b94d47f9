package dev.loadstar.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.loadstar.contract.run.ComparisonDocument;
import dev.loadstar.contract.run.ComparisonDocument.Row;
import dev.loadstar.contract.run.ComparisonDocument.Significance;
import org.jspecify.annotations.Nullable;

/** A comparison of two runs as text: what there is to know of it, then every figure. */
final class ComparisonText {

    private static final String NOTHING = "–";

    private ComparisonText() {}

    static List<String> lines(ComparisonDocument comparison, int columns, Paint paint) {
        var lines = new ArrayList<String>();
        lines.add("#%d against #%d: %s"
                .formatted(comparison.b().number(), comparison.a().number(), comparison.sentence()));
        comparison.notes().forEach(note -> lines.add("note: " + note));
        lines.add("");
        var table = new Table()
                .left(1, 5)
                .row(
                        "label",
                        "figure",
                        "#" + comparison.a().number(),
                        "#" + comparison.b().number(),
                        "change",
                        "");
        comparison.rows().forEach(row -> table.row(cells(row)));
        var rows = paint.heading(table.lines(columns));
        lines.add(rows.getFirst());
        for (int i = 0; i < comparison.rows().size(); i++) {
            boolean worse = comparison.rows().get(i).significance() == Significance.WORSE;
            lines.add(worse ? paint.red(rows.get(i + 1)) : rows.get(i + 1));
        }
        return lines;
    }

    private static String[] cells(Row row) {
        return List.of(
                        row.label() == null ? "all requests" : RunText.label(row.label(), row.kind()),
                        row.metric(),
                        value(row, row.a()),
                        value(row, row.b()),
                        row.change() == null ? NOTHING : String.format(Locale.ROOT, "%+.1f %%", row.change() * 100),
                        word(row.significance()))
                .toArray(String[]::new);
    }

    private static String value(Row row, @Nullable Double value) {
        return switch (row.unit()) {
            case "ratio" -> Figures.ratio(value);
            case "ms" -> Figures.millis(value) + (value == null ? "" : " ms");
            default -> Figures.rate(value);
        };
    }

    private static String word(Significance significance) {
        return switch (significance) {
            case WORSE -> "worse";
            case BETTER -> "better";
            case SAME -> "";
            case UNKNOWN -> "cannot be told";
        };
    }
}
