package dev.loadstar.executor.request;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.loadstar.contract.plan.DataPlan;
import dev.loadstar.contract.plan.Shard;
import dev.loadstar.executor.data.DataFeed;
import dev.loadstar.executor.load.Ending;
import dev.loadstar.executor.tool.RowSource;
import org.jspecify.annotations.Nullable;

/** Gives each iteration the rows of data that it needs. Safe for many threads. */
public final class Visits {

    private final List<DataFeed> feeds;
    private volatile boolean spent;

    private Visits(List<DataFeed> feeds) {
        this.feeds = feeds;
    }

    /** @throws IOException if a data file cannot be read */
    public static Visits of(Shard shard, Path workspace, RowSource rows) throws IOException {
        return new Visits(DataFeed.open(shard, workspace, workspace.resolve(".loadstar-rows"), rows));
    }

    /**
     * A new one with rows of its own.
     *
     * @param ending of the load, for data whose end is a failure
     * @return null if there is none any more
     */
    public @Nullable Visit next(Ending ending) {
        var rows = new ArrayList<DataFeed.Row>();
        for (DataFeed feed : feeds) {
            DataFeed.Row row = feed.next();
            if (row == null) {
                exhausted(feed.plan(), ending);
                return null;
            }
            rows.add(row);
        }
        return new Visit(rows);
    }

    private void exhausted(DataPlan plan, Ending ending) {
        spent = true;
        if (plan.onExhausted() == DataPlan.OnExhausted.FAIL_TEST) {
            ending.byFailure("The rows of `%s` are used up (%s)".formatted(plan.name(), plan.file()));
        }
    }

    /** There will be none any more. */
    public boolean isSpent() {
        return spent;
    }

    /** Whether rows hold what nobody may see. */
    public boolean areSensitive() {
        return feeds.stream().map(DataFeed::plan).anyMatch(DataPlan::sensitive);
    }
}
