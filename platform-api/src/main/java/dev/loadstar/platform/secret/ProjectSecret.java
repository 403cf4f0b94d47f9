package dev.loadstar.platform.secret;

import java.time.Instant;

/** What is shown of a secret: everything but its value. */
public record ProjectSecret(String name, Instant changed, String changedBy) {

    static ProjectSecret of(SecretRow row) {
        return new ProjectSecret(row.name(), row.changedAt(), row.changedBy());
    }
}
