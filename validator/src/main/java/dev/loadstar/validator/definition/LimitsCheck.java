package dev.loadstar.validator.definition;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import dev.loadstar.contract.definition.Units;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.problem.ErrorCode;

/** Holds the planned load against the author's own limits. */
final class LimitsCheck {

    private final Definition.Limits limits;
    private final Problems problems;

    LimitsCheck(Definition.Limits limits, Problems problems) {
        this.limits = limits;
        this.problems = problems;
    }

    void check(Place place, List<Definition.Scenario> scenarios) {
        List<PlannedScenario> planned = scenarios.stream()
                .flatMap(scenario -> scenario.load().stream().map(load -> new PlannedScenario(scenario, load)))
                .toList();
        if (planned.stream().anyMatch(one -> one.load() instanceof Load.FromScript)) {
            refuseForScripts(place);
        }
        checkDuration(place.at("maxDuration"), planned);
        checkRate(place.at("maxRate"), planned);
        checkUsers(place.at("maxUsers"), planned);
    }

    /** The load of a script is not known before it runs, so that a limit on it would be silently dropped. */
    private void refuseForScripts(Place place) {
        for (Place limit : List.of(place.at("maxDuration"), place.at("maxRate"), place.at("maxUsers"))) {
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

    private void checkDuration(Place place, List<PlannedScenario> planned) {
        Duration most = limits.maxDuration();
        Duration longest = planned.stream()
                .map(PlannedScenario::end)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        if (most != null && longest.compareTo(most) > 0) {
            problems.invalid(
                    place,
                    "The load takes %s, longer than `maxDuration` %s".formatted(Units.text(longest), Units.text(most)));
        }
    }

    /** A closed load starts as many iterations as the target lets it, so that no limit on them could be promised. */
    private void checkRate(Place place, List<PlannedScenario> planned) {
        Double most = limits.maxRate();
        if (most == null) {
            return;
        }
        planned.stream()
                .filter(PlannedScenario::startsUnplanned)
                .findFirst()
                .ifPresent(one -> problems.add(
                        place,
                        ErrorCode.VALUE_INVALID,
                        "`maxRate` cannot be held: how often scenario `%s` starts depends on the target"
                                .formatted(one.name()),
                        "Give it an open load, `pacing` or `rateCap`"));
        double highest = instants(planned)
                .mapToDouble(at -> planned.stream()
                        .mapToDouble(one -> one.startsPerSecond(at))
                        .sum())
                .max()
                .orElse(0);
        if (highest > most * (1 + 1e-9)) {
            problems.invalid(
                    place,
                    "The load has up to %s at once, more than `maxRate` %s"
                            .formatted(Units.rateText(highest), Units.rateText(most)));
        }
    }

    private void checkUsers(Place place, List<PlannedScenario> planned) {
        Integer most = limits.maxUsers();
        if (most == null) {
            return;
        }
        long highest = instants(planned)
                .mapToLong(at -> Math.round(
                        planned.stream().mapToDouble(one -> one.users(at)).sum()))
                .max()
                .orElse(0);
        if (highest > most) {
            problems.invalid(
                    place, "The load has up to %d users at once, more than `maxUsers` %d".formatted(highest, most));
        }
    }

    /** Between these all lines are straight, so that their sum is highest at one of them. */
    private static Stream<Duration> instants(List<PlannedScenario> planned) {
        var turns = new ArrayList<Duration>();
        planned.forEach(one -> turns.addAll(one.turns()));
        return turns.stream();
    }
}
