package dev.loadstar.results.export;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Records as CSV (RFC 4180): one column for each value that their JSON has, under the name that it has there, such as
 * {@code latencyMs.p95}. What was not measured is empty.
 */
public final class CsvTable {

    private static final String END = "\r\n";

    /** What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection); also in full width. */
    private static final String FORMULA = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";

    private CsvTable() {}

    private record Column(String name, Function<Object, @Nullable Object> value) {}

    /**
     * The header and a line for each row. Text that a spreadsheet would calculate gets a {@code '} before it, which it shows
     * as text.
     */
    public static <R extends Record> String of(Class<R> type, List<R> rows) {
        var columns = columns(type, "", row -> row);
        var csv = new StringBuilder();
        csv.append(columns.stream().map(Column::name).collect(Collectors.joining(",")))
                .append(END);
        for (R row : rows) {
            csv.append(columns.stream()
                            .map(column -> cell(column.value().apply(row)))
                            .collect(Collectors.joining(",")))
                    .append(END);
        }
        return csv.toString();
    }

    private static List<Column> columns(Class<?> type, String prefix, Function<Object, @Nullable Object> of) {
        var columns = new ArrayList<Column>();
        for (RecordComponent component : type.getRecordComponents()) {
            String name = prefix + component.getName();
            Function<Object, @Nullable Object> value = row -> value(component, of.apply(row));
            if (component.getType().isRecord()) {
                columns.addAll(columns(component.getType(), name + ".", value));
            } else {
                columns.add(new Column(name, value));
            }
        }
        return columns;
    }

    private static @Nullable Object value(RecordComponent component, @Nullable Object record) {
        try {
            return record == null ? null : component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component + " cannot be read", e);
        }
    }

    private static String cell(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case Number number -> ExactNumber.of(number);
            case CharSequence text -> quoted(guarded(text.toString()));
            default -> quoted(value.toString());
        };
    }

    private static String guarded(String text) {
        boolean formula = !text.isEmpty()
                && FORMULA.indexOf(
                                text.stripLeading().isEmpty()
                                        ? text.charAt(0)
                                        : text.stripLeading().charAt(0))
                        >= 0;
        return formula ? "'" + text : text;
    }

    private static String quoted(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == ';' || c == '"' || c < ' ')
                && text.strip().equals(text);
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
