package dev.loadstar.executor.kit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

import dev.loadstar.contract.plan.DataPlan;
import dev.loadstar.contract.plan.Inputs;
import dev.loadstar.executor.tool.RowSource;

/** Rows without a worker: each goes once to whoever of this process asks first. */
public final class KitRows implements RowSource {

    private final Map<String, Long> sizes;
    private final Map<String, AtomicLong> taken = new ConcurrentHashMap<>();

    private KitRows(Map<String, Long> sizes) {
        this.sizes = sizes;
    }

    public static KitRows of(Inputs inputs) {
        return new KitRows(inputs.data().stream().collect(Collectors.toMap(DataPlan::name, DataPlan::rows)));
    }

    @Override
    public void prepare(String data, long most) {
        taken.putIfAbsent(data, new AtomicLong());
    }

    @Override
    public long next(String data) {
        long row = taken.computeIfAbsent(data, _ -> new AtomicLong()).getAndIncrement();
        return row < sizes.getOrDefault(data, 0L) ? row : NONE;
    }
}
