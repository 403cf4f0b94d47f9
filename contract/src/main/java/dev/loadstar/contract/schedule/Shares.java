package dev.loadstar.contract.schedule;

import java.util.LinkedHashMap;
import java.util.List;

import dev.loadstar.contract.plan.DataPlan;
import dev.loadstar.contract.plan.ExecutorShare;
import dev.loadstar.contract.plan.ExecutorShare.StageShare;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.Requests;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.plan.Shard;
import dev.loadstar.contract.plan.Stripes;

/** What each executor of a plan does, by the stripes that the executors themselves go by. */
public final class Shares {

    private Shares() {}

    /** One share per executor, in the order of their numbers. */
    public static List<ExecutorShare> of(RunPlan plan) {
        return plan.shards().stream().map(Shares::share).toList();
    }

    private static ExecutorShare share(Shard shard) {
        var scenario = shard.scenario();
        var stripe = shard.stripes();
        Long iterations = scenario.load() instanceof Load.Iterations load
                ? Long.valueOf(stripe.shareOfUsers(load.iterations(), load.users()))
                : null;
        var rows = new LinkedHashMap<String, Long>();
        for (DataPlan data : shard.inputs().dataOf(scenario)) {
            if (!isLeased(data, scenario)) {
                rows.put(data.name(), rows(data, stripe));
            }
        }
        return new ExecutorShare(
                shard.executor(), scenario.name(), scenario.tool(), stages(scenario.load(), stripe), iterations, rows);
    }

    private static List<StageShare> stages(Load load, Stripes stripe) {
        return switch (load) {
            case Load.Open open ->
                open.stages().stream().map(stage -> share(stage, stripe)).toList();
            case Load.Closed closed ->
                closed.stages().stream().map(stage -> share(stage, stripe)).toList();
            case Load.Iterations iterations -> stages(iterations.asClosed(), stripe);
            case Load.FromScript ignored -> List.of(new StageShare(Load.FromScript.STAGE, null, null, null, null));
        };
    }

    private static StageShare share(Load.Stage stage, Stripes stripe) {
        long users = stripe.share(stage.users());
        Double share = stage.users() == 0 ? null : Double.valueOf((double) users / stage.users());
        return new StageShare(stage.name(), stage.duration().toMillis(), users, null, share);
    }

    private static StageShare share(Load.RateStage stage, Stripes stripe) {
        double fraction = stripe.fraction();
        return new StageShare(stage.name(), stage.duration().toMillis(), null, stage.rate() * fraction, fraction);
    }

    /** Whoever is faster gets more of them. */
    private static boolean isLeased(DataPlan data, ScenarioPlan scenario) {
        return data.share() == DataPlan.Share.UNIQUE && scenario.work() instanceof Requests;
    }

    private static long rows(DataPlan data, Stripes stripe) {
        return switch (data.share()) {
            case ALL -> data.rows();
            case PARTITION, UNIQUE -> stripe.share(data.rows());
        };
    }
}
