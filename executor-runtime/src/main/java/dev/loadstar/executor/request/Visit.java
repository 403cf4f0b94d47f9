package dev.loadstar.executor.request;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.loadstar.contract.template.Reference;
import dev.loadstar.executor.data.DataFeed;
import dev.loadstar.executor.secret.SecretMask;

/** What is known in one iteration of one user: its rows of data, and what its responses gave. */
public final class Visit {

    /** Before the first iteration. */
    public static final Visit NONE = new Visit(List.of());

    private final Map<String, DataFeed.Row> rows = new HashMap<>();
    private final Map<String, String> extracted = new HashMap<>();
    private boolean over;

    public Visit(List<DataFeed.Row> rows) {
        rows.forEach(row -> this.rows.put(row.plan().name(), row));
    }

    /** Value of a reference to data or to an extracted value, which the validator has seen to be there. */
    String value(Reference reference) {
        return switch (reference.kind()) {
            case DATA -> {
                DataFeed.Row row = rows.get(reference.name());
                if (row == null) {
                    throw new IllegalStateException("the scenario does not use the data of " + reference);
                }
                yield row.value(reference.column());
            }
            case VAR -> {
                String value = extracted.get(reference.name());
                if (value == null) {
                    throw new IllegalStateException("no request before this one extracts " + reference);
                }
                yield value;
            }
            case ENV, SECRET -> throw new IllegalStateException(reference + " is the same in every iteration");
        };
    }

    void keep(String name, String value) {
        extracted.put(name, value);
    }

    /** A value that later requests may need is not there: none of them is sent. */
    public void end() {
        over = true;
    }

    public boolean isOver() {
        return over;
    }

    /** Hides the values of sensitive data. */
    public SecretMask mask() {
        var sensitive = new ArrayList<String>();
        rows.values().stream().filter(row -> row.plan().sensitive()).forEach(row -> sensitive.addAll(row.values()));
        return SecretMask.of(sensitive);
    }
}
