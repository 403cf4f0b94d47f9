package dev.loadstar.executor.jmeter;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a text of the script says before any run: variables with literal values and properties with defaults. Runs no function. */
final class Literals {

    private static final Pattern INNERMOST = Pattern.compile("\\$\\{([^${}]*)}");
    private static final Pattern PROPERTY = Pattern.compile("__(P|property)\\(([^,)]*)(?:,([^)]*))?\\)");
    private static final int DEPTH = 20;

    private final Map<String, String> properties;
    private final Map<String, String> variables = new HashMap<>();

    Literals(Map<String, String> properties) {
        this.properties = properties;
    }

    /** A variable that the script itself sets; of several settings the first counts. */
    void set(String variable, String value) {
        variables.putIfAbsent(variable, value);
    }

    /** The text with everything put in; empty where something is only known in a run. */
    Optional<String> resolve(String text) {
        String resolved = text;
        for (int i = 0; i < DEPTH; i++) {
            Matcher reference = INNERMOST.matcher(resolved);
            if (!reference.find()) {
                return resolved.contains("${") ? Optional.empty() : Optional.of(resolved);
            }
            Optional<String> value = value(reference.group(1).strip());
            if (value.isEmpty()) {
                return value;
            }
            resolved = resolved.substring(0, reference.start()) + value.get() + resolved.substring(reference.end());
        }
        return Optional.empty();
    }

    private Optional<String> value(String reference) {
        Matcher property = PROPERTY.matcher(reference);
        if (!property.matches()) {
            return Optional.ofNullable(variables.get(reference));
        }
        String name = property.group(2).strip();
        String rest = property.group(3);
        if (properties.containsKey(name)) {
            return Optional.ofNullable(properties.get(name));
        }
        if (rest == null) {
            return property.group(1).equals("P") ? Optional.of("1") : Optional.empty();
        }
        // __property has the name of a variable before the default.
        String standard = property.group(1).equals("P") ? rest : rest.substring(rest.indexOf(',') + 1);
        return Optional.of(standard.strip());
    }
}
