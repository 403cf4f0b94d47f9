package dev.loadstar.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows in columns as wide as their widest cell; the first column stands left, the others right unless said otherwise. */
final class Table {

    private static final int GAP = 3;
    private static final int SHORTEST = 8;

    private final List<List<String>> rows = new ArrayList<>();
    private final Set<Integer> left = new TreeSet<>(Set.of(0));
    private List<Integer> expendable = List.of();

    Table row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    /** These columns stand left too. */
    Table left(Integer... columns) {
        left.addAll(List.of(columns));
        return this;
    }

    /** These columns go where there is no room for all, the first of them first. */
    Table expendable(Integer... columns) {
        expendable = List.of(columns);
        return this;
    }

    List<String> lines() {
        return lines(Integer.MAX_VALUE);
    }

    /** Lines of at most that many characters, if that can be had. */
    List<String> lines(int room) {
        var columns = new ArrayList<Integer>();
        int count = rows.stream().mapToInt(List::size).max().orElse(0);
        IntStream.range(0, count).forEach(columns::add);
        for (Integer column : expendable) {
            if (width(columns) <= room) {
                break;
            }
            columns.remove(column);
        }
        int over = width(columns) - room;
        return rows.stream().map(row -> cut(line(row, columns, over), room)).toList();
    }

    private int width(List<Integer> columns) {
        return columns.stream().mapToInt(this::width).sum() + GAP * (columns.size() - 1);
    }

    /** @param over characters too many, which the widest left column has to do without */
    private String line(List<String> row, List<Integer> columns, int over) {
        int shortened = columns.stream()
                .filter(left::contains)
                .max((a, b) -> Integer.compare(width(a), width(b)))
                .orElse(0);
        return columns.stream()
                .filter(column -> column < row.size())
                .map(column -> {
                    int width = column == shortened && over > 0
                            ? Math.max(Math.min(SHORTEST, width(column)), width(column) - over)
                            : width(column);
                    return cell(column, cut(row.get(column), width), width);
                })
                .collect(Collectors.joining(" ".repeat(GAP)))
                .stripTrailing();
    }

    private String cell(int column, String text, int width) {
        String blanks = " ".repeat(width - text.length());
        return left.contains(column) ? text + blanks : blanks + text;
    }

    static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, Math.max(0, width - 1)) + "…";
    }

    private int width(int column) {
        return rows.stream()
                .filter(row -> column < row.size())
                .mapToInt(row -> row.get(column).length())
                .max()
                .orElse(0);
    }
}
