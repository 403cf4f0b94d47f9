package dev.loadstar.validator.definition;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.loadstar.contract.plan.TargetQuery;

/** Reads {@code monitoring}. */
final class MonitoringReader {

    private static final Duration STEP = Duration.ofSeconds(15);
    private static final Duration LONGEST_STEP = Duration.ofHours(1);

    private final Problems problems;
    private final Set<String> ids = new HashSet<>();

    MonitoringReader(Problems problems) {
        this.problems = problems;
    }

    List<Definition.Monitored> read(Place monitoring) {
        var monitored = new ArrayList<Definition.Monitored>();
        for (Place place : monitoring.at("prometheus").items()) {
            Place server = place.at("server");
            var queries = place.at("queries").items().stream()
                    .map(query -> query(place.at("name").text(""), server.text(""), query))
                    .toList();
            monitored.add(new Definition.Monitored(server.pointer(), server.text(""), queries));
        }
        return monitored;
    }

    private TargetQuery query(String name, String server, Place place) {
        String id = place.at("id").text("");
        if (!id.isEmpty() && !ids.add(id)) {
            problems.invalid(place.at("id"), "Two queries have the id `%s`".formatted(id));
        }
        return new TargetQuery(
                id,
                name,
                server,
                place.at("promql").text(""),
                unit(place.at("unit").text("")),
                step(place.at("step")));
    }

    private static TargetQuery.Unit unit(String key) {
        return Stream.of(TargetQuery.Unit.values())
                .filter(unit -> unit.key().equals(key))
                .findFirst()
                .orElse(TargetQuery.Unit.COUNT);
    }

    private Duration step(Place place) {
        Duration step = place.duration(STEP);
        if (step.compareTo(Duration.ofSeconds(1)) < 0 || step.compareTo(LONGEST_STEP) > 0 || step.toNanosPart() != 0) {
            problems.invalid(place, "`step` is whole seconds, from 1s to 1h");
            return STEP;
        }
        return step;
    }
}
