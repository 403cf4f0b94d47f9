package dev.loadstar.executor.control;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import dev.loadstar.contract.wire.FromExecutor;
import dev.loadstar.contract.wire.ToExecutor;
import dev.loadstar.executor.tool.LoadGate;
import dev.loadstar.executor.tool.RowSource;

/**
 * Blocks of rows leased from the worker. The next block is asked for when half of the last one is used, so that users do
 * not wait for it; an answer that does not come is asked for again under the same number.
 */
public final class LeasedRows implements RowSource {

    private static final long ASK_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LOOK_MILLIS = 50;

    private final Map<String, Data> all = new ConcurrentHashMap<>();
    private final Consumer<FromExecutor> worker;
    private final LoadGate gate;

    /** @param worker gets requests; may lose them */
    public LeasedRows(Consumer<FromExecutor> worker, LoadGate gate) {
        this.worker = worker;
        this.gate = gate;
    }

    /** The worker's answer. */
    public void granted(ToExecutor.RowBlock block) {
        data(block.getData()).granted(block);
    }

    @Override
    public void prepare(String data, long most) {
        var added = new Data(data, most);
        all.put(data, added);
        added.askIfLow();
    }

    @Override
    public long next(String data) {
        try {
            return data(data).next();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return NONE;
        }
    }

    private Data data(String name) {
        Data known = all.get(name);
        if (known == null) {
            throw new IllegalStateException("rows of '%s' were not asked for".formatted(name));
        }
        return known;
    }

    private final class Data {

        private final String name;
        private long wanted;
        private int asked;
        private int answered;
        private long askedNanos;
        private boolean exhausted;
        private long block;
        private long next;
        private long end;
        private long following;
        private long followingEnd;

        Data(String name, long most) {
            this.name = name;
            this.wanted = most;
            this.exhausted = most == 0;
        }

        synchronized long next() throws InterruptedException {
            while (next == end && !exhausted && gate.isOpen()) {
                askIfLow();
                wait(LOOK_MILLIS);
            }
            if (next == end || !gate.isOpen()) {
                return NONE;
            }
            long row = next++;
            if (next == end) {
                next = following;
                end = followingEnd;
                following = followingEnd;
            }
            askIfLow();
            return row;
        }

        synchronized void askIfLow() {
            boolean waits = asked > answered;
            boolean again = waits && System.nanoTime() - askedNanos > ASK_AGAIN_NANOS;
            boolean low = following == followingEnd && end - next <= block / 2;
            if (exhausted || !(again || (!waits && low))) {
                return;
            }
            asked = answered + 1;
            askedNanos = System.nanoTime();
            worker.accept(FromExecutor.newBuilder()
                    .setRowRequest(FromExecutor.RowRequest.newBuilder()
                            .setData(name)
                            .setNumber(asked)
                            .setMost(wanted))
                    .build());
        }

        synchronized void granted(ToExecutor.RowBlock rows) {
            if (rows.getNumber() != answered + 1) {
                return; // the second answer to a request that was repeated
            }
            answered++;
            block = rows.getCount();
            wanted -= rows.getCount();
            exhausted = rows.getCount() == 0 || wanted == 0;
            if (next == end) {
                next = rows.getFirst();
                end = next + rows.getCount();
            } else {
                following = rows.getFirst();
                followingEnd = following + rows.getCount();
            }
            notifyAll();
        }
    }
}
