package dev.loadstar.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import dev.loadstar.contract.run.LiveView;
import dev.loadstar.contract.run.LiveView.ExecutorFigures;
import dev.loadstar.contract.run.LiveView.LabelFigures;
import dev.loadstar.contract.run.RunStatus;
import org.jspecify.annotations.Nullable;

/**
 * A run as a picture that fills a terminal: where it is, its figures and curves, labels and executors.
 *
 * @param history the load's last seconds
 */
record Dashboard(Display.Moment moment, List<LiveView> history, Look.Size size, Paint paint) {

    private static final int ROWS_FOR_CURVES = 20;
    private static final int COLUMNS_FOR_CURVES = 40;
    private static final int LONGEST_CURVE = 60;
    private static final int LONGEST_BAR = 40;
    private static final int SHORTEST_BAR = 5;
    private static final int INDENT = 2;
    private static final long MEGABYTE = 1L << 20;

    /**
     * Lines that fit the size.
     *
     * @param link how to get to the run's page
     * @param note the last line while nothing is wrong
     */
    List<String> lines(String link, String note) {
        var blocks = new ArrayList<Block>();
        blocks.add(Block.fixed(List.of(head(), paint.dim(Table.cut(link, size.columns())))));
        var view = moment.view();
        if (view != null && !moment.run().status().isBefore(RunStatus.RUNNING)) {
            blocks.add(Block.fixed(table(figures(view))));
            if (size.rows() >= ROWS_FOR_CURVES && size.columns() >= COLUMNS_FOR_CURVES) {
                blocks.add(Block.fixed(curves()));
            }
            blocks.add(block(table(labels(view.labels()))));
            blocks.add(block(table(executors(view.executors()))));
        }
        blocks.add(Block.fixed(List.of(lastLine(note))));
        return Block.stack(blocks, size.rows());
    }

    private String head() {
        var run = moment.run();
        var view = moment.view();
        String name = RunText.name(run);
        if (run.status() != RunStatus.RUNNING || view == null) {
            return named(name, RunText.waitingFor(run) + " …  " + Figures.clock(moment.waited()), "");
        }
        String where = LiveLine.head(view);
        Long planned = view.plannedMs();
        int room = Math.min(LONGEST_BAR, size.columns() - name.length() - where.length() - 5);
        if (planned == null || room < SHORTEST_BAR) {
            return named(name, where, "");
        }
        return named(name, where, "   " + LiveLine.bar(view.elapsedMs() / Math.max(1.0, planned), room));
    }

    private String named(String name, String where, String bar) {
        String shortName = Table.cut(name, size.columns());
        String rest = Table.cut("  " + where + bar, Math.max(0, size.columns() - shortName.length()));
        return paint.bold(shortName) + rest.stripTrailing();
    }

    private static Table figures(LiveView view) {
        var arrivals = view.arrivals();
        var planned = view.plannedUsers();
        return arrivals == null
                ? figures(view, "planned", planned == null ? "–" : whole(planned), "")
                : figures(view, "arrivals/s", LiveLine.arrivals(arrivals), LiveLine.dropped(arrivals));
    }

    private static Table figures(LiveView view, String load, String recent, String total) {
        return new Table()
                .expendable(5, 2, 1, 7, 3)
                .row("", "requests", load, "users", "req/s", "p50", "p95", "p99 ms", "errors")
                .row(row("this second", view.recent(), recent, users(view)))
                .row(row("so far", view.total(), total, ""));
    }

    private static String users(LiveView view) {
        Double users = view.recent().activeUsers();
        return users == null ? "–" : whole(users);
    }

    private static String[] row(String name, LiveView.Figures figures, String load, String users) {
        return new String[] {
            name,
            Figures.count(figures.requests()),
            load,
            users,
            Figures.rate(figures.requestsPerSecond()),
            Figures.millis(figures.p50()),
            Figures.millis(figures.p95()),
            Figures.millis(figures.p99()),
            errors(figures),
        };
    }

    private static Table labels(List<LabelFigures> labels) {
        var table = new Table().expendable(1, 3, 5).row("label", "requests", "req/s", "p50", "p95", "p99 ms", "errors");
        labels.forEach(label -> table.row(
                RunText.label(label.label(), label.kind()),
                Figures.count(label.total().requests()),
                Figures.rate(label.total().requestsPerSecond()),
                Figures.millis(label.total().p50()),
                Figures.millis(label.total().p95()),
                Figures.millis(label.total().p99()),
                errors(label.total())));
        return table;
    }

    private static Table executors(List<ExecutorFigures> executors) {
        var table = new Table()
                .expendable(1, 6, 5, 7)
                .row("executor", "requests", "req/s", "users", "cpu", "heap", "gc ms", "lag ms");
        executors.forEach(executor -> table.row(
                Integer.toString(executor.number()),
                Figures.count(executor.requests()),
                Figures.rate(executor.requestsPerSecond()),
                whole(executor.activeUsers()),
                Math.round(executor.cpu() * 100) + " %",
                executor.heapBytes() / MEGABYTE + " MB",
                Figures.count(executor.gcPauseMs()),
                Figures.millis(executor.lagMs())));
        return table;
    }

    /** The heading and its rows, indented. */
    private List<String> table(Table table) {
        return paint.heading(table.lines(size.columns() - INDENT)).stream()
                .map(line -> " ".repeat(INDENT) + line)
                .toList();
    }

    private static Block block(List<String> table) {
        return table.size() == 1
                ? Block.fixed(List.of())
                : new Block(table.subList(0, 1), table.subList(1, table.size()));
    }

    private List<String> curves() {
        return List.of(
                curve("req/s", view -> view.recent().requestsPerSecond(), Figures::rate),
                curve("p95 ms", view -> view.recent().p95(), Figures::millis));
    }

    private String curve(
            String name, Function<LiveView, @Nullable Double> value, Function<@Nullable Double, String> text) {
        var values = new ArrayList<@Nullable Double>();
        history.forEach(view -> values.add(value.apply(view)));
        Double highest =
                values.stream().filter(Objects::nonNull).max(Double::compare).orElse(null);
        String head = " ".repeat(INDENT) + "%-6s   ".formatted(name);
        String tail = "   up to " + text.apply(highest);
        int width = Math.clamp((long) size.columns() - head.length() - tail.length(), 1, LONGEST_CURVE);
        return paint.dim(head) + Curve.of(values, width) + paint.dim(tail);
    }

    private String lastLine(String note) {
        return moment.silence() == null
                ? paint.dim(Table.cut(note, size.columns()))
                : paint.red(Table.cut(LiveLine.of(moment, size.columns()), size.columns()));
    }

    private static String errors(LiveView.Figures figures) {
        return figures.requests() == 0 ? "–" : Figures.ratio(figures.errors() / (double) figures.requests());
    }

    private static String whole(double value) {
        return Figures.count(Math.round(value));
    }
}
