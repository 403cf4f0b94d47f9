package dev.loadstar.executor.control;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.loadstar.contract.wire.FromExecutor;
import dev.loadstar.contract.wire.FromExecutor.RowRequest;
import dev.loadstar.contract.wire.ToExecutor.RowBlock;
import dev.loadstar.executor.tool.RowSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LeasedRowsTests {

    private final List<RowRequest> asked = new ArrayList<>();
    private final AtomicBoolean gate = new AtomicBoolean(true);
    private final LeasedRows rows = new LeasedRows(message -> asked.add(message.getRowRequest()), gate::get);

    @Test
    void theNextBlockIsAskedForWhenHalfOfTheLastOneIsUsed() {
        rows.prepare("users", Long.MAX_VALUE);
        rows.granted(block(1, 100, 4));

        assertThat(List.of(rows.next("users"), rows.next("users"))).containsExactly(100L, 101L);
        assertThat(asked).extracting(RowRequest::getNumber).containsExactly(1, 2);

        rows.granted(block(2, 300, 4));
        assertThat(List.of(rows.next("users"), rows.next("users"), rows.next("users")))
                .containsExactly(102L, 103L, 300L);
        assertThat(asked).hasSize(2);
    }

    @Test
    void anAnswerThatComesTwiceGivesItsRowsOnce() {
        rows.prepare("users", Long.MAX_VALUE);
        rows.granted(block(1, 0, 1));
        rows.granted(block(1, 0, 1));
        assertThat(rows.next("users")).isZero();
        rows.granted(block(2, 0, 0));

        assertThat(rows.next("users")).isEqualTo(RowSource.NONE);
    }

    @Test
    void noMoreIsAskedForThanIsNeeded() {
        rows.prepare("users", 3);
        rows.granted(block(1, 0, 3));

        assertThat(List.of(rows.next("users"), rows.next("users"), rows.next("users")))
                .containsExactly(0L, 1L, 2L);
        assertThat(rows.next("users")).isEqualTo(RowSource.NONE);
        assertThat(asked).extracting(RowRequest::getMost).containsExactly(3L);
    }

    @Test
    void userWhoWaitsForRowsGetsThemAsSoonAsTheyCome() {
        var answering = new LeasedRows[1];
        answering[0] = new LeasedRows(
                request -> Thread.startVirtualThread(() -> answering[0].granted(answer(request))), gate::get);

        answering[0].prepare("users", Long.MAX_VALUE);

        assertThat(answering[0].next("users")).isEqualTo(7);
    }

    @Test
    void nobodyWaitsForRowsWithoutTheRightToMakeLoad() {
        gate.set(false);
        rows.prepare("users", Long.MAX_VALUE);

        assertThat(rows.next("users")).isEqualTo(RowSource.NONE);
    }

    private static RowBlock answer(FromExecutor request) {
        return block(request.getRowRequest().getNumber(), 7, 1);
    }

    private static RowBlock block(int number, long first, long count) {
        return RowBlock.newBuilder()
                .setData("users")
                .setNumber(number)
                .setFirst(first)
                .setCount(count)
                .build();
    }
}
