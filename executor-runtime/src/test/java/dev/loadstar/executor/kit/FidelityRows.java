package dev.loadstar.executor.kit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.loadstar.executor.kit.FidelityRow.Line;

/** All rows of the table of figures. A new one is one more {@link FidelityRow} in one of these lists. */
final class FidelityRows {

    private FidelityRows() {}

    static List<FidelityRow> all() {
        var rows = new ArrayList<FidelityRow>();
        rows.addAll(OpenRows.all());
        rows.addAll(ClosedRows.all());
        rows.addAll(LossRows.all());
        rows.add(new UniqueRows());
        return rows;
    }

    /** A line that holds if all counts are within {@code most} of what is planned. */
    static Line within(String model, String figure, long[] counts, double planned, double most) {
        double worst = Arrays.stream(counts)
                .mapToDouble(count -> count - planned)
                .reduce(0, (a, b) -> Math.abs(b) > Math.abs(a) ? b : a);
        return new Line(
                model,
                figure,
                "%.0f ± %.0f".formatted(planned, most),
                counts.length == 1 ? Long.toString(counts[0]) : "%+.0f at worst of %d".formatted(worst, counts.length),
                Math.abs(worst) <= most);
    }
}
