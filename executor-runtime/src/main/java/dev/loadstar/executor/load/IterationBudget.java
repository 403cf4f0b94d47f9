package dev.loadstar.executor.load;

import java.util.concurrent.atomic.AtomicLong;

import dev.loadstar.contract.definition.Units;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.Stripes;

/** This executor's exact part of the iterations of the whole test, shared by its users. */
public final class IterationBudget implements Supply {

    private final Load.Iterations load;
    private final long share;
    private final AtomicLong left;

    public IterationBudget(Load.Iterations load, Stripes executors) {
        this.load = load;
        this.share = executors.shareOfUsers(load.iterations(), load.users());
        this.left = new AtomicLong(share);
    }

    @Override
    public boolean take(Ending ending) {
        return left.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
    }

    @Override
    public boolean isSpent() {
        return left.get() == 0;
    }

    @Override
    public String owed() {
        long missing = left.get();
        return missing == 0
                ? ""
                : "`maxDuration` %s was over when %,d of %,d iterations had begun here"
                        .formatted(Units.text(load.maxDuration()), share - missing, share);
    }
}
