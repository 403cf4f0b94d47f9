package dev.loadstar.worker.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.loadstar.contract.plan.PlanRevision;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.plan.Stripes;

/**
 * Changes of the plan while its load runs, whatever they are made for, numbered over the run. Each holds from an instant on
 * that lies so far ahead that everybody knows of it by then.
 */
final class Revisions {

    private final Fleet executors;
    private final Limits limits;
    private final Outbox out;
    private final Map<String, Scenario> scenarios = new HashMap<>();
    private final Map<Integer, Deficit> deficits = new HashMap<>();
    private int newest;

    /** One scenario while its load runs. */
    private static final class Scenario {
        final Instant start;
        final LiveLoad load;
        Duration revised = Duration.ZERO;

        Scenario(ScenarioPlan plan, Instant runStart) {
            start = runStart.plus(plan.startAfter());
            load = new LiveLoad(plan.load());
        }

        Duration sinceStart(Instant at) {
            Duration since = Duration.between(start, at);
            return since.isNegative() ? Duration.ZERO : since;
        }
    }

    Revisions(Fleet executors, Limits limits, Outbox out) {
        this.executors = executors;
        this.limits = limits;
        this.out = out;
    }

    void begin(RunPlan plan, Instant start) {
        plan.scenarios().forEach(scenario -> scenarios.put(scenario.name(), new Scenario(scenario, start)));
    }

    /** From when it was heard last its share is missing. */
    void lost(ExecutorTrack executor) {
        Scenario scenario = of(executor);
        Duration from = scenario.sinceStart(executor.heard());
        if (!scenario.load.isOver(from) && !executor.share().isEmpty()) {
            double part = executor.share().stripes().fraction();
            deficits.put(
                    executor.number(),
                    new Deficit(executor.number(), executor.shard().scenario().name(), part, from, null));
        }
    }

    /** Gives the share of a lost executor, which makes no load any more, to those of its scenario that are left. */
    void redistribute(ExecutorTrack lost, Instant now) {
        Scenario scenario = of(lost);
        Duration after = after(scenario, now);
        List<ExecutorTrack> heirs = executors.heirsOf(lost);
        if (lost.share().isEmpty() || heirs.isEmpty() || scenario.load.isOver(after)) {
            return;
        }
        Stripes share = lost.share().take();
        int number = ++newest;
        for (int heir = 0; heir < heirs.size(); heir++) {
            heirs.get(heir).share().inherit(share, heir, heirs.size());
            tell(heirs.get(heir), number, after, scenario);
        }
        deficits.computeIfPresent(lost.number(), (_, missing) -> missing.until(after));
        out.note("revision %d: the share of executor %d goes to %s from %.1f s of its scenario on"
                .formatted(
                        number,
                        lost.number(),
                        heirs.stream().map(ExecutorTrack::number).toList(),
                        after.toMillis() / 1e3));
    }

    /** Does what a person wants; answers why not where that cannot be. */
    void change(Message.LoadChange wanted, Instant now) {
        Scenario scenario = scenarios.get(wanted.scenario());
        if (scenario == null || !scenario.load.isChangeable()) {
            out.loadNotChanged(wanted, "No load of '%s' is there that can be changed.".formatted(wanted.scenario()));
            return;
        }
        Duration after = after(scenario, now);
        if (scenario.load.isOver(after)) {
            out.loadNotChanged(wanted, "The planned load was over.");
            return;
        }
        String stage = scenario.load.stageAt(after);
        scenario.load.change(after, wanted.value(), wanted.paused());
        int number = ++newest;
        for (ExecutorTrack executor : executors) {
            if (executor.hasLoad() && executor.shard().scenario().name().equals(wanted.scenario())) {
                tell(executor, number, after, scenario);
            }
        }
        out.planRevised(wanted.scenario(), number, after, scenario.load.current());
        out.loadChanged(wanted, after, stage);
        out.note("revision %d: %s".formatted(number, wanted));
    }

    private void tell(ExecutorTrack executor, int number, Duration after, Scenario scenario) {
        var revision = new PlanRevision(
                number,
                after,
                scenario.load.current(),
                executor.share().stripes().all());
        executor.share().told(revision);
        out.send(executor, Orders.revise(revision));
    }

    /** What a stream that was dialled again may have missed. */
    void repeat(ExecutorTrack executor) {
        executor.share().open().forEach(revision -> out.send(executor, Orders.revise(revision)));
    }

    /** Never before an earlier one of the scenario, whose end it would be otherwise. */
    private Duration after(Scenario scenario, Instant now) {
        Duration after = scenario.sinceStart(now.plus(limits.lead(executors.clockUncertainty())));
        scenario.revised = after.compareTo(scenario.revised) > 0 ? after : scenario.revised;
        return scenario.revised;
    }

    private Scenario of(ExecutorTrack executor) {
        return Objects.requireNonNull(scenarios.get(executor.shard().scenario().name()));
    }

    /** What lost executors left undone, one sentence each. */
    List<String> deficits() {
        return new ArrayList<>(deficits.values())
                .stream().map(Deficit::described).toList();
    }
}
