package dev.loadstar.executor.secret;

import dev.loadstar.contract.plan.Inputs;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.contract.template.Reference;
import org.jspecify.annotations.Nullable;

/** The values of references that are the same all over a run. */
public record PlanValues(Inputs inputs, Secrets secrets) {

    /**
     * The value of a variable or a secret.
     *
     * @throws LoadstarException NOT_READY if it has none here
     */
    public String of(Reference reference) {
        String value = find(reference);
        if (value == null) {
            throw new LoadstarException(ErrorCode.NOT_READY, "%s has no value on this executor".formatted(reference));
        }
        return value;
    }

    private @Nullable String find(Reference reference) {
        return switch (reference.kind()) {
            case ENV -> inputs.variables().get(reference.name());
            case SECRET -> secrets.values().get(reference.name());
            case DATA, VAR -> null;
        };
    }
}
