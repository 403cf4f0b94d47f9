package dev.loadstar.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import dev.loadstar.contract.definition.Units;
import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.plan.ExecutorShare;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.Requests;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.schedule.Shares;
import org.jspecify.annotations.Nullable;

/**
 * A plan, ready to be shown.
 *
 * @param line the whole of it in one line
 * @param json with everything filled in
 */
record PlanView(String line, List<Scenario> scenarios, String json) {

    /**
     * @param what tool and what it runs
     * @param load of the whole test, where it is not all said by stages
     * @param columns stages first, then what else is shared
     * @param executors what each of them does
     */
    record Scenario(String name, String what, String load, List<Column> columns, List<Row> executors) {}

    /** @param total of all executors of the scenario */
    record Column(String name, String detail, boolean measured, String total) {}

    record Row(int executor, List<String> values) {}

    static PlanView of(RunPlan plan) {
        List<ExecutorShare> shares = Shares.of(plan);
        return new PlanView(
                line(plan),
                plan.scenarios().stream()
                        .map(scenario -> scenario(plan, scenario, shares))
                        .toList(),
                Json.writePretty(plan));
    }

    private static String line(RunPlan plan) {
        var parts = new ArrayList<String>();
        parts.add(plan.test());
        parts.add(counted(plan.scenarios().size(), "scenario"));
        parts.add(counted(plan.executors().count(), "executor"));
        parts.add(counted(plan.assertions().size(), "assertion"));
        Duration planned = plan.plannedDuration();
        parts.add(planned == null ? "length as the script decides" : Figures.INSTANCE.clock(planned));
        return String.join(", ", parts);
    }

    private static String counted(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private static Scenario scenario(RunPlan plan, ScenarioPlan scenario, List<ExecutorShare> all) {
        var shares = all.stream()
                .filter(share -> share.scenario().equals(scenario.name()))
                .toList();
        var columns = new ArrayList<Column>(stages(scenario.load()));
        if (scenario.load() instanceof Load.Iterations load) {
            columns.add(new Column("iterations", "", true, Figures.INSTANCE.count(load.iterations())));
        }
        List<String> data = shares.stream()
                .flatMap(share -> share.rows().keySet().stream())
                .distinct()
                .sorted()
                .toList();
        data.forEach(name -> columns.add(new Column("rows of " + name, "", true, rows(plan, name))));
        return new Scenario(
                scenario.name(),
                what(scenario),
                load(scenario),
                columns,
                shares.stream().map(share -> row(share, data)).toList());
    }

    private static String what(ScenarioPlan scenario) {
        return scenario.tool() + ", "
                + switch (scenario.work()) {
                    case ScenarioPlan.Script script -> script.file();
                    case Requests requests -> counted(requests.list().size(), "request");
                };
    }

    private static String load(ScenarioPlan scenario) {
        String after = scenario.startAfter().isZero()
                ? ""
                : "begins after " + Figures.INSTANCE.clock(scenario.startAfter()) + "; ";
        return after
                + switch (scenario.load()) {
                    case Load.Open open ->
                        "arrivals at each stage's end, %s, at most %s at once"
                                .formatted(spacing(open), users(open.maxUsers()));
                    case Load.Closed closed -> "users at each stage's end" + pace(closed);
                    case Load.Iterations load -> "at most for " + Figures.INSTANCE.clock(load.maxDuration());
                    case Load.FromScript ignored -> "load as in the script";
                };
    }

    private static String spacing(Load.Open load) {
        return switch (load.arrivals()) {
            case EVEN -> "evenly spaced";
            case POISSON -> "spaced by chance (poisson, seed %d)".formatted(load.seed());
        };
    }

    private static String users(int number) {
        return Figures.INSTANCE.count((long) number) + (number == 1 ? " user" : " users");
    }

    private static String pace(Load.Closed load) {
        String pacing = load.pacing().isZero() ? "" : ", each begins every " + Units.text(load.pacing());
        Double cap = load.rateCap();
        return pacing + (cap == null ? "" : ", at most " + Units.rateText(cap) + " requests");
    }

    private static List<Column> stages(Load load) {
        return switch (load) {
            case Load.Open open -> open.stages().stream().map(PlanView::column).toList();
            case Load.Closed closed ->
                closed.stages().stream().map(PlanView::column).toList();
            case Load.Iterations iterations ->
                List.of(new Column("users", "", true, Figures.INSTANCE.count((long) iterations.users())));
            case Load.FromScript ignored -> List.of(new Column(Load.FromScript.STAGE, "", true, Figures.NOTHING));
        };
    }

    private static Column column(Load.Stage stage) {
        return new Column(
                stage.name(),
                Figures.INSTANCE.clock(stage.duration()),
                stage.measure(),
                users(stage.shape() == Load.Shape.RAMP, (long) stage.users()));
    }

    private static Column column(Load.RateStage stage) {
        return new Column(
                stage.name(),
                Figures.INSTANCE.clock(stage.duration()),
                stage.measure(),
                (stage.shape() == Load.Shape.RAMP ? "to " : "") + Units.rateText(stage.rate()));
    }

    private static String users(boolean ramp, @Nullable Long users) {
        return (ramp ? "to " : "") + Figures.INSTANCE.count(users);
    }

    private static String rows(RunPlan plan, String name) {
        return plan.inputs().data().stream()
                .filter(data -> data.name().equals(name))
                .map(data -> Figures.INSTANCE.count(data.rows()))
                .collect(Collectors.joining());
    }

    private static Row row(ExecutorShare share, List<String> data) {
        var values = new ArrayList<String>();
        for (ExecutorShare.StageShare stage : share.stages()) {
            Double rate = stage.rate();
            values.add(rate == null ? Figures.INSTANCE.count(stage.users()) : Units.rateText(rate));
        }
        if (share.iterations() != null) {
            values.add(Figures.INSTANCE.count(share.iterations()));
        }
        data.forEach(name -> values.add(Figures.INSTANCE.count(share.rows().get(name))));
        return new Row(share.executor(), values);
    }
}
