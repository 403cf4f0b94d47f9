package dev.loadstar.validator;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

import dev.loadstar.contract.bundle.BlobStore;
import dev.loadstar.contract.data.CsvReader;
import dev.loadstar.contract.plan.BundleFile;
import dev.loadstar.contract.plan.DataPlan;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.Problem;
import dev.loadstar.contract.template.Reference;
import dev.loadstar.validator.definition.Definition;
import dev.loadstar.validator.definition.Suggestion;
import dev.loadstar.validator.source.Bundle;
import org.jspecify.annotations.Nullable;

/** Reads the data files of a definition once from end to end: columns, rows, and whether all rows have all columns. */
final class DataCheck {

    private final BlobStore blobs;
    private final Bundle bundle;
    private final List<Problem> problems;

    /** @param problems gets what it finds */
    DataCheck(BlobStore blobs, Bundle bundle, List<Problem> problems) {
        this.blobs = blobs;
        this.bundle = bundle;
        this.problems = problems;
    }

    /** The data that can be used, in the definition's order. */
    List<DataPlan> check(Definition definition) throws IOException {
        var plans = new ArrayList<DataPlan>();
        for (Definition.Data data : definition.data()) {
            Optional<DataPlan> plan = plan(data);
            plan.ifPresent(plans::add);
            plan.ifPresent(known -> checkUse(data, known, definition));
        }
        return plans;
    }

    private Optional<DataPlan> plan(Definition.Data data) throws IOException {
        String pointer = data.pointer() + "/file";
        if (data.file().isEmpty()) {
            return Optional.empty(); // the schema has named it
        }
        Optional<Problem> missing = BundlePaths.problem(pointer, data.file(), bundle, ErrorCode.FILE_MISSING);
        if (missing.isPresent()) {
            problems.add(missing.get());
            return Optional.empty();
        }
        BundleFile file = bundle.file(data.file()).orElseThrow();
        try (var reader = new CsvReader(
                new BufferedInputStream(Files.newInputStream(blobs.path(file.digest()))), data.delimiter())) {
            return read(data, reader);
        } catch (IllegalArgumentException e) {
            problem(pointer, "%s: %s".formatted(data.file(), e.getMessage()), null);
            return Optional.empty();
        }
    }

    private Optional<DataPlan> read(Definition.Data data, CsvReader reader) throws IOException {
        String pointer = data.pointer() + "/file";
        List<String> columns = data.columns();
        boolean header = columns.isEmpty();
        if (header) {
            CsvReader.Row first = reader.next();
            columns = first == null ? List.of() : first.values();
        }
        if (new HashSet<>(columns).size() < columns.size()) {
            problem(pointer, "%s names a column twice".formatted(data.file()), null);
        }
        long rows = 0;
        for (CsvReader.Row row = reader.next(); row != null; row = reader.next()) {
            if (row.values().size() != columns.size()) {
                problem(
                        pointer,
                        "%s, line %d: values of %d columns, there are %d"
                                .formatted(data.file(), row.line(), row.values().size(), columns.size()),
                        "Values are separated by `delimiter`; one that holds it stands in quotes");
                return Optional.empty();
            }
            rows++;
        }
        if (rows == 0) {
            problem(
                    pointer,
                    "%s has no row".formatted(data.file()),
                    header ? "Its first line names the columns" : null);
        }
        return Optional.of(new DataPlan(
                data.name(),
                data.file(),
                data.delimiter(),
                columns,
                header,
                rows,
                data.share(),
                data.order(),
                data.onExhausted(),
                data.sensitive()));
    }

    private void checkUse(Definition.Data data, DataPlan plan, Definition definition) {
        List<Definition.Scenario> scenarios = definition.scenarios();
        for (int s = 0; s < scenarios.size(); s++) {
            Definition.Scenario scenario = scenarios.get(s);
            scenario.columns().stream()
                    .filter(column -> column.reference().name().equals(plan.name()))
                    .forEach(column -> checkColumn(column, plan));
            int spread = scenarios.size();
            int count = definition.executors().count();
            int executors = count / spread + (s < count % spread ? 1 : 0);
            boolean split =
                    plan.share() != DataPlan.Share.ALL && scenario.data().contains(plan.name());
            if (split && plan.rows() > 0 && plan.rows() < executors) {
                problem(
                        data.pointer() + "/file",
                        "%s has %d rows for %d executors of `%s`: some would get none"
                                .formatted(data.file(), plan.rows(), executors, scenario.name()),
                        "Use fewer executors, or set `share` to `all`");
            }
        }
    }

    private void checkColumn(Definition.Column column, DataPlan plan) {
        Reference reference = column.reference();
        if (!plan.columns().contains(reference.column())) {
            String hint = Suggestion.nearest(reference.column(), plan.columns())
                    .map(near -> "Did you mean %s?".formatted(new Reference(reference.kind(), plan.name(), near)))
                    .orElse("There is: " + String.join(", ", plan.columns()));
            problem(column.pointer(), "%s: %s has no such column".formatted(reference, plan.file()), hint);
        }
    }

    private void problem(String pointer, String message, @Nullable String hint) {
        problems.add(new Problem(pointer, ErrorCode.VALUE_INVALID.slug(), message, hint));
    }
}
