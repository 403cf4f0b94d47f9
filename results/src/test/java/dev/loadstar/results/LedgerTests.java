package dev.loadstar.results;

import dev.loadstar.contract.run.RunDocument.ExecutorResult;
import dev.loadstar.contract.run.RunDocument.Ledger;
import dev.loadstar.contract.wire.Outcome;
import org.junit.jupiter.api.Test;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

class LedgerTests {

    private final Sampled run = new Sampled().samples("home", "hold", Outcome.OK, 1_000, 5_000);

    @Test
    void allThatIsMissingOfAnExecutorThatSaidItsEndIsLostAndNothingIsUnknown() {
        assertThat(ledger(run.said(1_030, 20))).isEqualTo(new Ledger(1_030, 1_000, 30, 0));
    }

    @Test
    void onlyOfAnExecutorWithoutAnEndSomethingIsUnknown() {
        assertThat(ledger(run.losing(12))).isEqualTo(new Ledger(1_012, 1_000, 0, 12));
    }

    @Test
    void executorThatWasHeardLessThanItDeliveredHasProducedWhatIsThere() {
        assertThat(ledger(run.losing(-400))).isEqualTo(new Ledger(1_000, 1_000, 0, 0));
    }

    @Test
    void whatComesTooLateIsNoLongerUnknownButLost() {
        var ledger = new Ledger(1_012, 1_000, 0, 12);

        assertThat(ledger.withLate(5)).isEqualTo(new Ledger(1_012, 1_000, 5, 7));
        assertThat(ledger.withLate(20)).isEqualTo(new Ledger(1_020, 1_000, 20, 0));
    }

    private static Ledger ledger(Sampled run) {
        var result = new Evaluation(run.measured()).result();
        assertThat(result.executors()).extracting(ExecutorResult::ledger).containsExactly(result.ledger());
        return requireNonNull(result.ledger());
    }
}
