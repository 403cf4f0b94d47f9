package dev.loadstar.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Rows in columns as wide as their widest cell; the first column stands left, the others right. */
final class Table {

    private final List<List<String>> rows = new ArrayList<>();

    Table row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    List<String> lines() {
        return rows.stream().map(this::line).toList();
    }

    private String line(List<String> row) {
        var line = new ArrayList<String>();
        for (int column = 0; column < row.size(); column++) {
            String blanks = " ".repeat(width(column) - row.get(column).length());
            line.add(column == 0 ? row.get(column) + blanks : blanks + row.get(column));
        }
        return line.stream().collect(Collectors.joining("   "));
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
