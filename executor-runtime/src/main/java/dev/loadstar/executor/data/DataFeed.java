package dev.loadstar.executor.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import dev.loadstar.contract.plan.DataPlan;
import dev.loadstar.contract.plan.DataPlan.OnExhausted;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.Shard;
import dev.loadstar.contract.plan.Stripes;
import dev.loadstar.executor.tool.RowSource;
import org.jspecify.annotations.Nullable;

/** Hands out one executor's rows of a data file to all of its users: its own part, or what it leases where each row is used once. */
public final class DataFeed {

    private final DataPlan plan;
    private final DataRows rows;
    private final LongSupplier places;

    /** @param places of rows to use, one after the other; {@link RowSource#NONE} after the last */
    private DataFeed(DataPlan plan, DataRows rows, LongSupplier places) {
        this.plan = plan;
        this.rows = rows;
        this.places = places;
    }

    /**
     * Opens the data that the shard's scenario uses.
     *
     * @param workspace the bundle's files
     * @param folder for files of its own
     * @param leased rows of data that are used once in the test
     */
    public static List<DataFeed> open(Shard shard, Path workspace, Path folder, RowSource leased) throws IOException {
        var executors = shard.stripes();
        var feeds = new ArrayList<DataFeed>();
        for (DataPlan plan : shard.inputs().dataOf(shard.scenario())) {
            Path file = workspace.resolve(plan.file());
            feeds.add(
                    plan.share() == DataPlan.Share.UNIQUE
                            ? leased(plan, file, folder, leased, needed(shard))
                            : own(plan, DataRows.read(plan, file, executors, folder)));
        }
        return List.copyOf(feeds);
    }

    private static DataFeed leased(DataPlan plan, Path file, Path folder, RowSource leased, long needed)
            throws IOException {
        leased.prepare(plan.name(), needed);
        return new DataFeed(plan, DataRows.read(plan, file, Stripes.of(0, 1), folder), () -> leased.next(plan.name()));
    }

    /** One row for each iteration, where their number is known. */
    private static long needed(Shard shard) {
        return shard.scenario().load() instanceof Load.Iterations load
                ? shard.stripes().shareOfUsers(load.iterations(), load.users())
                : Long.MAX_VALUE;
    }

    private static DataFeed own(DataPlan plan, DataRows rows) {
        var taken = new AtomicLong();
        return new DataFeed(plan, rows, () -> {
            long number = taken.getAndIncrement();
            long size = rows.size();
            boolean over = number >= size && (plan.onExhausted() != OnExhausted.RECYCLE || size == 0);
            return over ? RowSource.NONE : number % size;
        });
    }

    public DataPlan plan() {
        return plan;
    }

    /** The next row; null when there is none any more. */
    public @Nullable Row next() {
        long place = places.getAsLong();
        return place == RowSource.NONE ? null : new Row(plan, rows.row(place));
    }

    /** One row of a data file. */
    public record Row(DataPlan plan, List<String> values) {

        public String value(String column) {
            return values.get(plan.columns().indexOf(column));
        }
    }
}
