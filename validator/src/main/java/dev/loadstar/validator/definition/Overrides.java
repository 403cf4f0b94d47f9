package dev.loadstar.validator.definition;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What may change from run to run without a commit: given at submission, stronger than what the definition says.
 *
 * @param labels added to the definition's
 * @param target address in place of {@code target.baseUrl}; null leaves it
 * @param variables added to the definition's; each must be one that it declares or uses
 */
public record Overrides(
        Map<String, String> labels, @Nullable String target, Map<String, String> variables) {

    public static final Overrides NONE = new Overrides(Map.of(), null, Map.of());

    public Overrides {
        labels = Map.copyOf(labels);
        variables = Map.copyOf(variables);
    }

    /** Where a problem with {@code target} is: a pointer into the request where it was given there. */
    public String targetPointer() {
        return target == null ? "/target/baseUrl" : "/target";
    }
}
