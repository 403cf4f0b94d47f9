package dev.loadstar.validator.definition;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.loadstar.contract.definition.Units;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.schedule.UserSchedule;

/** Holds the planned load against the author's own limits. */
final class LimitsCheck {

    private final Definition.Limits limits;
    private final Problems problems;

    LimitsCheck(Definition.Limits limits, Problems problems) {
        this.limits = limits;
        this.problems = problems;
    }

    void check(Place place, List<Definition.Scenario> scenarios) {
        List<Load> loads =
                scenarios.stream().flatMap(scenario -> scenario.load().stream()).toList();
        List<Load.Closed> closed = loads.stream()
                .flatMap(load -> switch (load) {
                    case Load.Closed one -> Stream.of(one);
                    case Load.Iterations iterations -> Stream.of(iterations.asClosed());
                    case Load.Open _, Load.FromScript _ -> Stream.empty();
                })
                .toList();
        if (closed.size() < loads.size()) {
            refuseForScripts(place);
        }
        checkDuration(place.at("maxDuration"), closed);
        checkUsers(place.at("maxUsers"), closed);
    }

    /** The load of a script is not known before it runs, so that a limit on it would be silently dropped. */
    private void refuseForScripts(Place place) {
        for (Place limit : List.of(place.at("maxDuration"), place.at("maxUsers"))) {
            if (limit.exists()) {
                problems.add(
                        limit,
                        ErrorCode.NOT_SUPPORTED_YET,
                        "`%s` is not supported yet where a script decides its load"
                                .formatted(Pointers.leaf(limit.pointer())),
                        "Remove it, or set `script.loadFrom` to `definition`");
            }
        }
    }

    private void checkDuration(Place place, List<Load.Closed> loads) {
        Duration most = limits.maxDuration();
        Duration planned = loads.stream().map(Load.Closed::plannedDuration).reduce(Duration.ZERO, LimitsCheck::longer);
        if (most != null && planned.compareTo(most) > 0) {
            problems.invalid(
                    place,
                    "The load takes %s, longer than `maxDuration` %s".formatted(Units.text(planned), Units.text(most)));
        }
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private void checkUsers(Place place, List<Load.Closed> loads) {
        Integer most = limits.maxUsers();
        if (most == null) {
            return;
        }
        List<UserSchedule> schedules = loads.stream().map(UserSchedule::of).toList();
        double planned = turns(loads).stream()
                .mapToDouble(turn ->
                        schedules.stream().mapToDouble(one -> one.planned(turn)).sum())
                .max()
                .orElse(0);
        if (Math.round(planned) > most) {
            problems.invalid(
                    place,
                    "The load has up to %d users at once, more than `maxUsers` %d"
                            .formatted(Math.round(planned), most));
        }
    }

    /** Between these instants all lines are straight, so that their sum is highest at one of them. */
    private static List<Duration> turns(List<Load.Closed> loads) {
        var turns = new ArrayList<Duration>();
        for (Load.Closed load : loads) {
            var end = Duration.ZERO;
            for (Load.Stage stage : load.stages()) {
                turns.add(end);
                end = end.plus(stage.duration());
                turns.add(end.minusNanos(1));
            }
        }
        return turns;
    }
}
