package dev.loadstar.results;

import java.util.List;
import java.util.Optional;

import dev.loadstar.contract.run.RunDocument.ExecutorResult;
import dev.loadstar.contract.run.RunDocument.Ledger;
import org.jspecify.annotations.Nullable;

/**
 * Records of a run that reporting did not merge, each with its reason. They are read beside the result: what comes after it
 * was closed is counted as lost all the same.
 */
record RefusedSamples(List<Row> rows) {

    /** As reporting writes it for records of a run that is closed already. */
    private static final String LATE = "run-closed";

    /**
     * @param executor 0 where the record did not prove whose it was
     * @param reason as reporting writes it
     * @param requests in those records that could be read and were signed
     */
    record Row(int executor, String reason, long records, long requests) {}

    /** The same result, with what came too late in its ledger and a sentence for each reason. */
    RunResult tellIn(RunResult result) {
        if (rows.isEmpty()) {
            return result;
        }
        return result.with(
                result.executors().stream().map(this::withLate).toList(),
                withLate(result.ledger(), late()),
                rows.stream()
                        .map(RefusedSamples::sentence)
                        .flatMap(Optional::stream)
                        .toList());
    }

    private ExecutorResult withLate(ExecutorResult executor) {
        long late = rows.stream()
                .filter(row ->
                        row.executor() == executor.number() && row.reason().equals(LATE))
                .mapToLong(Row::requests)
                .sum();
        var ledger = withLate(executor.ledger(), late);
        return ledger == null ? executor : executor.withLedger(ledger);
    }

    private long late() {
        return rows.stream()
                .filter(row -> row.reason().equals(LATE))
                .mapToLong(Row::requests)
                .sum();
    }

    private static @Nullable Ledger withLate(@Nullable Ledger ledger, long late) {
        return ledger == null ? null : ledger.withLate(late);
    }

    private static Optional<String> sentence(Row row) {
        return switch (row.reason()) {
            case LATE ->
                row.requests() == 0
                        ? Optional.empty()
                        : Optional.of(
                                "%s samples of executor %d came after the run was closed: they are in no figure and count as lost"
                                        .formatted(Digits.count(row.requests()), row.executor()));
            case "wrong-signature" ->
                Optional.of("%s refused: not signed with this run's key. Nothing of that is in the figures"
                        .formatted(records(row)));
            case "wrong-time" ->
                Optional.of(
                        "%s of executor %d refused: of a time at which the run was not. Set the clock of its machine"
                                .formatted(records(row), row.executor()));
            default ->
                Optional.of(
                        "%s refused: %s".formatted(records(row), row.reason().replace('-', ' ')));
        };
    }

    private static String records(Row row) {
        return row.records() == 1 ? "1 record was" : Digits.count(row.records()) + " records were";
    }
}
