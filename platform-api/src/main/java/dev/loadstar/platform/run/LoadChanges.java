package dev.loadstar.platform.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.loadstar.contract.definition.Units;
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
        Double value = what.value();
        if (value == null) {
            return;
        }
        boolean users = what.users() != null;
        double possible = users ? MOST_USERS : MOST_RATE;
        String pointer = users ? "/users" : "/rate";
        if (!(value >= 0 && value <= possible)) {
            problems.add(Problem.at(
                    pointer, ErrorCode.VALUE_INVALID, "It must be between 0 and %s".formatted(text(possible))));
            return;
        }
        LoadPeak peak = plan.scenarios().stream()
                .filter(other -> !other.name().equals(scenario.name()))
                .map(other -> LoadPeak.of(other, earlier))
                .reduce(LoadPeak.at(scenario.load(), value), LoadPeak::plus);
        Integer maxUsers = plan.limits().maxUsers();
        if (users && maxUsers != null && peak.users() > maxUsers) {
            problems.add(beyond(pointer, text(peak.users()) + " users", "`maxUsers` " + maxUsers));
        }
        Double maxRate = plan.limits().maxRate();
        if (maxRate != null && peak.starts() > maxRate * (1 + 1e-9)) {
            problems.add(beyond(pointer, Units.rateText(peak.starts()), "`maxRate` " + Units.rateText(maxRate)));
        }
    }

    private static Problem beyond(String pointer, String peak, String limit) {
        return Problem.at(
                pointer,
                ErrorCode.VALUE_INVALID,
                "All scenarios together would have up to %s, more than the definition's %s".formatted(peak, limit));
    }

    private static String text(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
