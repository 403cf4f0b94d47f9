package dev.loadstar.executor.secret;

import java.util.Map;

/** The values of a run's secrets by name, as far as this executor got them. */
public record Secrets(Map<String, String> values) {

    public static final Secrets NONE = new Secrets(Map.of());

    public Secrets {
        values = Map.copyOf(values);
    }

    /** Hides all of them. */
    public SecretMask mask() {
        return SecretMask.of(values.values());
    }

    /** The names alone. */
    @Override
    public String toString() {
        return "Secrets" + values.keySet();
    }
}
