package dev.loadstar.executor.jmeter;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.Problem;

/** Classes that enabled elements name as text and that JMeter only misses in the middle of a run: drivers, clients, test cases. */
record NamedClasses(ElementTypes types, Function<String, Optional<String>> known) {

    /** What the class is, by the element's property. */
    private static final Map<String, String> PROPERTIES = Map.of(
            "driver", "JDBC driver",
            "junitSampler.classname", "test case",
            "classname", "client",
            "jms.initial_context_factory", "context factory");

    private static final String HINT =
            "Put its jar into lib/, or its Maven coordinate into `toolOptions.jmeter.plugins`";

    List<Problem> problems(Jmx.Item item, String pointer) {
        return PROPERTIES.entrySet().stream()
                .flatMap(property -> item
                        .property(property.getKey())
                        .flatMap(known)
                        .filter(name -> name.matches("[\\w$]+(\\.[\\w$]+)+") && types.find(name) == null)
                        .map(name -> Problem.at(
                                pointer,
                                ErrorCode.SCRIPT_INVALID,
                                "'%s' names the %s %s, which is not there"
                                        .formatted(item.name(), property.getValue(), name),
                                HINT))
                        .stream())
                .toList();
    }
}
