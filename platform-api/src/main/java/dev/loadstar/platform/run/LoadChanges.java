package dev.loadstar.platform.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.contract.problem.Problem;
import dev.loadstar.contract.run.LoadChange;
import dev.loadstar.contract.run.RunStatus;
import org.jspecify.annotations.Nullable;

/** Takes in what people want of the load of a running run, as far as its plan allows it; the run's worker carries it out. */
final class LoadChanges {

    /** As the definition's format has it. */
    private static final int MOST_USERS = 10_000_000;

    private static final double MOST_RATE = 1e9;

    private final RunLife life;
    private final Runnable afterwards;

    /** @param afterwards called when there is an order to pass on */
    LoadChanges(RunLife life, Runnable afterwards) {
        this.life = life;
        this.afterwards = afterwards;
    }

    /**
     * Orders it.
     *
     * @param scenario null where the run has only one
     * @throws LoadstarException NOT_RUNNING, or REQUEST_INVALID with every problem
     */
    void order(RunRow run, @Nullable String scenario, LoadChange.What what, String by) {
        RunPlan plan =
                life.plan(run).filter(_ -> run.status() == RunStatus.RUNNING).orElseThrow(() -> notRunning(run));
        ScenarioPlan of = scenario(plan, scenario);
        var problems = new ArrayList<Problem>();
        checkModel(of, what, problems);
        checkLimits(plan, of, what, run.loadChanges(), problems);
        if (!problems.isEmpty()) {
            throw new LoadstarException(
                    ErrorCode.REQUEST_INVALID, problems.getFirst().message(), problems);
        }
        var change = LoadChange.ordered(life.newId(), life.now(), by, of.name(), what);
        if (!life.step(run.id(), row -> row.orderChange(change))) {
            throw notRunning(run);
        }
        afterwards.run();
    }

    private static LoadstarException notRunning(RunRow run) {
        return new LoadstarException(
                ErrorCode.NOT_RUNNING,
                "Run %d is %s: its load can be changed only while it runs"
                        .formatted(run.number(), run.status().name().toLowerCase(Locale.ROOT)));
    }

    private static ScenarioPlan scenario(RunPlan plan, @Nullable String name) {
        List<String> names = plan.scenarios().stream().map(ScenarioPlan::name).toList();
        if (name == null && names.size() == 1) {
            return plan.scenarios().getFirst();
        }
        if (name == null || !names.contains(name)) {
            String message = name == null
                    ? "The run has several scenarios: say which one, of %s".formatted(String.join(", ", names))
                    : "There is no scenario '%s'; there are %s".formatted(name, String.join(", ", names));
            throw new LoadstarException(
                    ErrorCode.REQUEST_INVALID,
                    message,
                    List.of(Problem.at("/scenario", ErrorCode.VALUE_INVALID, message)));
        }
        return plan.scenario(name);
    }

    private static void checkModel(ScenarioPlan scenario, LoadChange.What what, List<Problem> problems) {
        switch (scenario.load()) {
            case Load.Open _ -> {
                if (what.users() != null) {
                    invalid("/users", "The load of '%s' is arrivals at a rate: give 'rate'", scenario, problems);
                }
            }
            case Load.Closed _ -> {
                if (what.rate() != null) {
                    invalid("/rate", "The load of '%s' is a number of users: give 'users'", scenario, problems);
                }
            }
            case Load.Iterations _ ->
                invalid("", "'%s' is a number of iterations, which can be stopped but not changed", scenario, problems);
            case Load.FromScript _ ->
                invalid(
                        "",
                        "The script of '%s' decides its own load: it can be stopped but not changed",
                        scenario,
                        problems);
        }
    }

    private static void invalid(String pointer, String message, ScenarioPlan scenario, List<Problem> problems) {
        problems.add(Problem.at(pointer, ErrorCode.VALUE_INVALID, message.formatted(scenario.name())));
    }

    private static void checkLimits(
            RunPlan plan,
            ScenarioPlan scenario,
            LoadChange.What what,
            List<LoadChange> earlier,
            List<Problem> problems) {
        double others = plan.scenarios().stream()
                .filter(other -> !other.name().equals(scenario.name()))
                .mapToDouble(other -> most(other, what.users() != null, earlier))
                .sum();
        Integer users = what.users();
        if (users != null) {
            Integer own = plan.limits().maxUsers();
            check("/users", "users", users, MOST_USERS, others, own == null ? null : own.doubleValue(), problems);
        }
        Double rate = what.rate();
        if (rate != null) {
            check("/rate", "arrivals/s", rate, MOST_RATE, others, plan.limits().maxRate(), problems);
        }
    }

    /** The highest that it may get to, its changes so far included. */
    private static double most(ScenarioPlan scenario, boolean users, List<LoadChange> earlier) {
        double planned = switch (scenario.load()) {
            case Load.Open open ->
                users
                        ? 0
                        : open.stages().stream()
                                .mapToDouble(Load.RateStage::rate)
                                .reduce(open.startRate(), Math::max);
            case Load.Closed closed ->
                users
                        ? closed.stages().stream()
                                .mapToDouble(Load.Stage::users)
                                .reduce(closed.startUsers(), Math::max)
                        : 0;
            case Load.Iterations iterations -> users ? iterations.users() : 0;
            case Load.FromScript _ -> 0;
        };
        return earlier.stream()
                .filter(change -> change.scenario().equals(scenario.name()))
                .mapToDouble(change -> users
                        ? change.what().users() == null ? 0 : change.what().users()
                        : change.what().rate() == null ? 0 : change.what().rate())
                .reduce(planned, Math::max);
    }

    private static void check(
            String pointer,
            String unit,
            double value,
            double most,
            double others,
            @Nullable Double own,
            List<Problem> problems) {
        if (!(value >= 0 && value <= most)) {
            problems.add(Problem.at(
                    pointer, ErrorCode.VALUE_INVALID, "Between 0 and %s %s are possible".formatted(text(most), unit)));
        } else if (own != null && value + others > own) {
            String with = others == 0 ? "" : " with those of the other scenarios";
            problems.add(Problem.at(
                    pointer,
                    ErrorCode.VALUE_INVALID,
                    "%s %s%s are more than the definition's own limit of %s"
                            .formatted(text(value + others), unit, with, text(own))));
        }
    }

    private static String text(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
