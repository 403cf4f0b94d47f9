package dev.loadstar.executor.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import dev.loadstar.contract.plan.DataPlan;
import dev.loadstar.contract.plan.DataPlan.OnExhausted;
import dev.loadstar.contract.plan.Shard;
import org.jspecify.annotations.Nullable;

/** Hands out one executor's rows of a data file, one after the other, to all of its users. */
public final class DataFeed {

    private final DataPlan plan;
    private final DataRows rows;
    private final AtomicLong taken = new AtomicLong();

    private DataFeed(DataPlan plan, DataRows rows) {
        this.plan = plan;
        this.rows = rows;
    }

    /**
     * Opens the data that the shard's scenario uses.
     *
     * @param workspace the bundle's files
     * @param folder for files of its own
     */
    public static List<DataFeed> open(Shard shard, Path workspace, Path folder) throws IOException {
        var executors = shard.stripes();
        var feeds = new ArrayList<DataFeed>();
        for (DataPlan plan : shard.inputs().dataOf(shard.scenario())) {
            feeds.add(new DataFeed(plan, DataRows.read(plan, workspace.resolve(plan.file()), executors, folder)));
        }
        return List.copyOf(feeds);
    }

    public DataPlan plan() {
        return plan;
    }

    /** The next row; null when there is none any more. */
    public @Nullable Row next() {
        long number = taken.getAndIncrement();
        long size = rows.size();
        if (number >= size && (plan.onExhausted() != OnExhausted.RECYCLE || size == 0)) {
            return null;
        }
        return new Row(plan, rows.row(number % size));
    }

    /** One row of a data file. */
    public record Row(DataPlan plan, List<String> values) {

        public String value(String column) {
            return values.get(plan.columns().indexOf(column));
        }
    }
}
