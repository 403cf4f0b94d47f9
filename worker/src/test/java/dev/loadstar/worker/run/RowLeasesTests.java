package dev.loadstar.worker.run;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import dev.loadstar.contract.plan.DataPlan;
import dev.loadstar.contract.plan.Inputs;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.wire.FromExecutor.RowRequest;
import dev.loadstar.contract.wire.ToExecutor.RowBlock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RowLeasesTests {

    private static final long ROWS = 100_000;
    private static final int EXECUTORS = 8;

    private final RowLeases leases = new RowLeases(plan());

    @Test
    void everyRowIsLeasedToOneExecutorAndOneThatIsLostTakesAtMostItsBlock() {
        var random = new Random(1);
        var numbers = new int[EXECUTORS + 1];
        Set<Long> leased = new HashSet<>();
        long largest = 0;
        while (true) {
            int executor = 1 + random.nextInt(EXECUTORS);
            RowBlock block = leases.grant(executor, request(++numbers[executor]));
            if (block.getCount() == 0) {
                break;
            }
            largest = Math.max(largest, block.getCount());
            for (long row = block.getFirst(); row < block.getFirst() + block.getCount(); row++) {
                assertThat(leased.add(row)).as("row %d is leased once", row).isTrue();
            }
        }

        assertThat(leased).hasSize((int) ROWS);
        assertThat(largest).isLessThanOrEqualTo(ROWS / EXECUTORS / 100);
    }

    @Test
    void aRepeatedRequestGetsTheSameRows() {
        RowBlock first = leases.grant(1, request(1));
        leases.grant(2, request(1));

        assertThat(leases.grant(1, request(1))).isEqualTo(first);
        assertThat(leases.grant(1, request(2))).isNotEqualTo(first);
    }

    @Test
    void nobodyGetsMoreThanItWants() {
        RowBlock block = leases.grant(1, request(1).toBuilder().setMost(3).build());

        assertThat(block.getCount()).isEqualTo(3);
        assertThat(leases.grant(2, request(1)).getFirst()).isEqualTo(3);
    }

    @Test
    void rowsOfDataThatIsNotLeasedAreRefused() {
        assertThatThrownBy(() ->
                        leases.grant(1, request(1).toBuilder().setData("others").build()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static RowRequest request(int number) {
        return RowRequest.newBuilder()
                .setData("users")
                .setNumber(number)
                .setMost(ROWS)
                .build();
    }

    private static RunPlan plan() {
        var data = new DataPlan(
                "users",
                "users.csv",
                ',',
                List.of("name"),
                true,
                ROWS,
                DataPlan.Share.UNIQUE,
                DataPlan.Order.SEQUENTIAL,
                DataPlan.OnExhausted.STOP_USERS,
                false);
        return Runs.plan(EXECUTORS, new Inputs(Map.of(), List.of(), List.of(data)));
    }
}
