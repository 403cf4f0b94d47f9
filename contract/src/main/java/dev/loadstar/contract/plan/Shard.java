package dev.loadstar.contract.plan;

import java.util.List;

/**
 * One executor's share of the plan.
 *
 * @param executor number in the run, from 1 on
 * @param index 0-based among the {@code of} executors of this scenario
 */
public record Shard(
        int executor,
        int index,
        int of,
        ScenarioPlan scenario,
        RunPlan.Target target,
        List<BundleFile> files,
        Inputs inputs) {

    public Shard {
        if (index < 0 || index >= of) {
            throw new IllegalArgumentException("shard %d of %d".formatted(index, of));
        }
        files = List.copyOf(files);
    }

    /** What this executor has of the scenario's users, arrivals, iterations and rows as long as nothing is revised. */
    public Stripes stripes() {
        return Stripes.of(index, of);
    }
}
