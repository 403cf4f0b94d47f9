package dev.loadstar.worker.run;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

import dev.loadstar.contract.plan.PlanRevision;
import dev.loadstar.contract.plan.Stripes;

/** What one executor has of its scenario, and the revisions of the plan that it has not acknowledged. */
final class Share {

    private static final Stripes NOTHING = Stripes.of(List.of());

    private final Deque<PlanRevision> open = new ArrayDeque<>();
    private Stripes stripes;

    Share(Stripes planned) {
        stripes = planned;
    }

    Stripes stripes() {
        return stripes;
    }

    boolean isEmpty() {
        return stripes.all().isEmpty();
    }

    void inherit(Stripes lost, int heir, int heirs) {
        stripes = stripes.inheriting(lost, heir, heirs);
    }

    /** Leaves nothing here. */
    Stripes take() {
        Stripes all = stripes;
        stripes = NOTHING;
        open.clear();
        return all;
    }

    void told(PlanRevision revision) {
        open.add(revision);
    }

    void acknowledged(int number) {
        open.removeIf(revision -> revision.number() <= number);
    }

    /** In their order. */
    Collection<PlanRevision> open() {
        return List.copyOf(open);
    }
}
