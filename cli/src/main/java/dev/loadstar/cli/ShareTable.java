package dev.loadstar.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import dev.loadstar.contract.definition.Units;
import dev.loadstar.contract.plan.DataPlan;
import dev.loadstar.contract.plan.ExecutorShare;
import dev.loadstar.contract.plan.ExecutorShare.StageShare;
import org.jspecify.annotations.Nullable;

/** What the executors of one scenario do: a row for each, or for neighbours that do the same; a column per number. */
final class ShareTable {

    private static final int USUAL_COLUMN = 16;
    private static final int MOST_COLUMNS = 6;

    private final List<ExecutorShare> shares;
    private final List<DataPlan> data;
    private final Paint paint;

    /**
     * @param shares of the executors of one scenario, at least one
     * @param data that the scenario uses
     */
    ShareTable(List<ExecutorShare> shares, List<DataPlan> data, Paint paint) {
        this.shares = shares;
        this.data = data;
        this.paint = paint;
    }

    /** @param total of the scenario */
    private record Column(String head, Function<ExecutorShare, String> value, String total) {}

    /** @param room characters in a line; columns for which there is none get a table of their own below */
    List<String> lines(int room) {
        var columns = columns();
        if (columns.isEmpty()) {
            return List.of(Figures.plural(shares.size(), "executor") + ": the script's own load");
        }
        int wide = Math.clamp(room / USUAL_COLUMN - 1, 1, MOST_COLUMNS);
        var lines = new ArrayList<String>();
        for (int from = 0; from < columns.size(); from += wide) {
            lines.addAll(table(columns.subList(from, Math.min(from + wide, columns.size()))));
        }
        return lines;
    }

    private List<Column> columns() {
        var columns = new ArrayList<Column>();
        for (int i = 0; i < shares.getFirst().stages().size(); i++) {
            int stage = i;
            var first = shares.getFirst().stages().get(stage);
            if (first.users() != null) {
                columns.add(
                        summed(head(first), share -> share.stages().get(stage).users()));
            } else if (first.rate() != null) {
                columns.add(
                        rates(head(first), share -> share.stages().get(stage).rate()));
            }
        }
        if (shares.getFirst().iterations() != null) {
            columns.add(summed("iterations", ExecutorShare::iterations));
        }
        data.forEach(one -> columns.add(new Column(
                "rows of " + one.name(),
                share -> Figures.count(orZero(share.rows().get(one.name()))),
                Figures.count(one.rows()))));
        return columns;
    }

    private Column summed(String head, Function<ExecutorShare, @Nullable Long> value) {
        long total =
                shares.stream().mapToLong(share -> orZero(value.apply(share))).sum();
        return new Column(head, share -> Figures.count(orZero(value.apply(share))), Figures.count(total));
    }

    private Column rates(String head, Function<ExecutorShare, @Nullable Double> value) {
        double total = shares.stream()
                .map(value)
                .filter(Objects::nonNull)
                .mapToDouble(rate -> rate)
                .sum();
        return new Column(head, share -> rate(value.apply(share)), Units.rateText(total));
    }

    private static String rate(@Nullable Double rate) {
        return rate == null ? "" : Units.rateText(rate);
    }

    /** {@code steady 20s}; the users of a number of iterations have no stage of their own. */
    private String head(StageShare stage) {
        if (shares.getFirst().iterations() != null || stage.durationMs() == null) {
            return "users";
        }
        return stage.name() + " " + Units.text(Duration.ofMillis(stage.durationMs()));
    }

    private List<String> table(List<Column> columns) {
        var table = new Table();
        table.row(row("executor", columns, Column::head));
        for (var group : groups()) {
            table.row(row(numbers(group), columns, column -> column.value().apply(group.getFirst())));
        }
        table.row(row("in all", columns, Column::total));
        return paint.heading(table.lines());
    }

    private static String[] row(String first, List<Column> columns, Function<Column, String> cell) {
        var cells = new ArrayList<String>(List.of(first));
        columns.stream().map(cell).forEach(cells::add);
        return cells.toArray(String[]::new);
    }

    private List<List<ExecutorShare>> groups() {
        var groups = new ArrayList<List<ExecutorShare>>();
        for (var share : shares) {
            if (groups.isEmpty() || !same(groups.getLast().getLast(), share)) {
                groups.add(new ArrayList<>());
            }
            groups.getLast().add(share);
        }
        return groups;
    }

    private static boolean same(ExecutorShare one, ExecutorShare other) {
        return one.stages().equals(other.stages())
                && Objects.equals(one.iterations(), other.iterations())
                && one.rows().equals(other.rows());
    }

    /** {@code 3}, {@code 3–8}. */
    private static String numbers(List<ExecutorShare> group) {
        int first = group.getFirst().executor();
        int last = group.getLast().executor();
        return first == last ? Integer.toString(first) : first + "–" + last;
    }

    private static long orZero(@Nullable Long value) {
        return value == null ? 0 : value;
    }
}
