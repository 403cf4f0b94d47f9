package dev.loadstar.executor.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

import dev.loadstar.contract.plan.DataPlan;
import dev.loadstar.contract.plan.DataPlan.OnExhausted;
import dev.loadstar.contract.plan.DataPlan.Order;
import dev.loadstar.contract.plan.DataPlan.Share;
import dev.loadstar.contract.plan.Inputs;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.plan.Shard;
import dev.loadstar.executor.kit.KitRows;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class DataFeedTests {

    private static final int ROWS = 10;

    @TempDir
    private Path folder;

    @BeforeEach
    void writeUsers() throws IOException {
        var text = new StringBuilder("\uFEFFname,note\r\n");
        IntStream.range(0, ROWS).forEach(row -> text.append("u%d,\"é, %d\"\r\n".formatted(row, row)));
        Files.writeString(folder.resolve("users.csv"), text);
    }

    @Test
    void partsOfAllExecutorsAreTheWholeFileOnce() throws IOException {
        var plan = plan(Share.PARTITION, Order.SEQUENTIAL, OnExhausted.STOP_USERS);
        List<String> first = names(plan, 0, 3);
        List<String> second = names(plan, 1, 3);
        List<String> third = names(plan, 2, 3);

        assertThat(first).containsExactly("u0", "u3", "u6", "u9");
        assertThat(second).containsExactly("u1", "u4", "u7");
        assertThat(third).containsExactly("u2", "u5", "u8");
    }

    @Test
    void everyExecutorGetsAllRowsWhereTheyAreShared() throws IOException {
        assertThat(names(plan(Share.ALL, Order.SEQUENTIAL, OnExhausted.FAIL_TEST), 1, 2))
                .hasSize(ROWS)
                .startsWith("u0", "u1");
    }

    @Test
    void randomOrderIsTheSameEachTimeAndUsesEveryRow() throws IOException {
        var plan = plan(Share.ALL, Order.RANDOM, OnExhausted.STOP_USERS);
        List<String> once = names(plan, 0, 1);

        assertThat(names(plan, 0, 1)).isEqualTo(once);
        assertThat(once)
                .isNotEqualTo(names(plan(Share.ALL, Order.SEQUENTIAL, OnExhausted.STOP_USERS), 0, 1))
                .doesNotHaveDuplicates()
                .hasSize(ROWS);
    }

    @Test
    void rowsComeAgainWhereTheyAreRecycled() throws IOException {
        DataFeed feed = feed(plan(Share.PARTITION, Order.SEQUENTIAL, OnExhausted.RECYCLE), 1, 6);

        assertThat(IntStream.range(0, 5).mapToObj(i -> feed.next()))
                .allSatisfy(row -> assertThat(row).isNotNull())
                .extracting(row -> row.value("note"))
                .containsExactly("é, 1", "é, 7", "é, 1", "é, 7", "é, 1");
    }

    @ParameterizedTest
    @EnumSource(Order.class)
    void executorsThatLeaseRowsUseEachOnce(Order order) throws IOException {
        var plan = plan(Share.UNIQUE, order, OnExhausted.STOP_USERS);
        var leased = KitRows.of(new Inputs(Map.of(), List.of(), List.of(plan)));
        DataFeed first = DataFeed.open(shard(plan, 0, 2), folder, folder.resolve("first"), leased)
                .getFirst();
        DataFeed second = DataFeed.open(shard(plan, 1, 2), folder, folder.resolve("second"), leased)
                .getFirst();

        List<String> used = IntStream.range(0, ROWS)
                .mapToObj(turn -> Objects.requireNonNull((turn % 3 == 0 ? first : second).next())
                        .value("name"))
                .toList();

        assertThat(used).hasSize(ROWS).doesNotHaveDuplicates();
        assertThat(first.next()).isNull();
        assertThat(second.next()).isNull();
    }

    @Test
    void scriptFindsItsOwnRowsInItsFile() throws IOException {
        DataSlices.cut(shard(plan(Share.PARTITION, Order.SEQUENTIAL, OnExhausted.RECYCLE), 2, 4), folder);

        assertThat(folder.resolve("users.csv")).hasContent("name,note\nu2,\"é, 2\"\nu6,\"é, 6\"\n");
    }

    private List<String> names(DataPlan plan, int index, int of) throws IOException {
        DataFeed feed = feed(plan, index, of);
        var names = new ArrayList<String>();
        for (DataFeed.Row row = feed.next(); row != null; row = feed.next()) {
            names.add(row.value("name"));
        }
        return names;
    }

    private DataFeed feed(DataPlan plan, int index, int of) throws IOException {
        return DataFeed.open(
                        shard(plan, index, of),
                        folder,
                        folder.resolve("rows"),
                        KitRows.of(new Inputs(Map.of(), List.of(), List.of(plan))))
                .getFirst();
    }

    private static DataPlan plan(Share share, Order order, OnExhausted onExhausted) {
        return new DataPlan(
                "users", "users.csv", ',', List.of("name", "note"), true, ROWS, share, order, onExhausted, false);
    }

    private static Shard shard(DataPlan plan, int index, int of) {
        var work = new ScenarioPlan.Script("a.jmx", Map.of());
        var load = new Load.FromScript(Duration.ZERO);
        var scenario = new ScenarioPlan("shop", "jmeter", Duration.ZERO, work, load, List.of("users"));
        return new Shard(
                index + 1,
                index,
                of,
                scenario,
                new RunPlan.Target("http://127.0.0.1", List.of()),
                List.of(),
                new Inputs(Map.of(), List.of(), List.of(plan)));
    }
}
