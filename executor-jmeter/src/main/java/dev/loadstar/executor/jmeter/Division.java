package dev.loadstar.executor.jmeter;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** How the load of a script's own thread group is divided over executors, so that the shares add up exactly. */
sealed interface Division {

    /** Its number of users, which the property holds, is divided. */
    record OfUsers(String property) implements Division {}

    /** Every executor knows the whole schedule and runs the users, or the arrivals, whose numbers are its own. */
    record OfNumbers() implements Division {}

    /** One executor runs it all. */
    record Impossible(String why) implements Division {}

    String USERS = "ThreadGroup.num_threads";

    /**
     * @param type full class name of the group
     * @param property text of a property of the group, with what is known before a run put in
     */
    static Division of(String type, Function<String, Optional<String>> property) {
        String simple = type.substring(type.lastIndexOf('.') + 1);
        return switch (simple) {
            case "ThreadGroup" -> new OfUsers(USERS);
            case "UltimateThreadGroup", "SteppingThreadGroup", "OpenModelThreadGroup" -> new OfNumbers();
            case "ConcurrencyThreadGroup" -> ofConcurrency(property);
            case "ArrivalsThreadGroup", "FreeFormArrivalsThreadGroup" ->
                new Impossible(
                        "its arrivals have no numbers, and a part of its rate would not be spaced like the whole");
            default -> new Impossible("groups of the kind %s are not known here".formatted(simple));
        };
    }

    private static Division ofConcurrency(Function<String, Optional<String>> property) {
        if (property.apply("TargetLevel").filter(Division::isWhole).isEmpty()) {
            return new Impossible("its number of users is only known in a run");
        }
        boolean steps = property.apply("Steps")
                .filter(text -> !List.of("", "0", "1").contains(text))
                .isPresent();
        return steps ? new Impossible("its steps would be rounded on each executor") : new OfUsers("TargetLevel");
    }

    private static boolean isWhole(String text) {
        return text.matches("\\d{1,9}");
    }
}
