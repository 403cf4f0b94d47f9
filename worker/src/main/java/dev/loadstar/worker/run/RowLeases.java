package dev.loadstar.worker.run;

import java.util.HashMap;
import java.util.Map;

import dev.loadstar.contract.plan.DataPlan;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.wire.FromExecutor.RowRequest;
import dev.loadstar.contract.wire.ToExecutor.RowBlock;

/**
 * Leases the rows of data that may be used once in the test, in blocks: each row goes to one executor, and one that is lost
 * takes no more with it than it had leased and not used.
 */
final class RowLeases {

    /** Many enough blocks that executors of unequal speed come to an end together. */
    private static final int BLOCKS_PER_EXECUTOR = 100;

    private static final long LARGEST_BLOCK = 500;

    private final Map<String, Data> all = new HashMap<>();

    RowLeases(RunPlan plan) {
        int executors = plan.executors().count();
        for (DataPlan data : plan.inputs().data()) {
            if (data.share() == DataPlan.Share.UNIQUE) {
                long block = Math.clamp(data.rows() / executors / BLOCKS_PER_EXECUTOR, 1, LARGEST_BLOCK);
                all.put(data.name(), new Data(data.rows(), block));
            }
        }
    }

    /** The next block for that executor, or once more the one that it got for this request. */
    RowBlock grant(int executor, RowRequest request) {
        Data data = all.get(request.getData());
        if (data == null) {
            throw new IllegalArgumentException("no rows of '%s' are leased".formatted(request.getData()));
        }
        return data.latest.compute(
                executor,
                (_, latest) ->
                        latest != null && latest.getNumber() == request.getNumber() ? latest : data.next(request));
    }

    private static final class Data {

        private final long rows;
        private final long block;
        private final Map<Integer, RowBlock> latest = new HashMap<>();
        private long leased;

        Data(long rows, long block) {
            this.rows = rows;
            this.block = block;
        }

        RowBlock next(RowRequest request) {
            long count = Math.clamp(request.getMost(), 0, Math.min(block, rows - leased));
            long first = leased;
            leased += count;
            return RowBlock.newBuilder()
                    .setData(request.getData())
                    .setNumber(request.getNumber())
                    .setFirst(first)
                    .setCount(count)
                    .build();
        }
    }
}
