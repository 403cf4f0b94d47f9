package dev.loadstar.platform.project;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A project as it is shown.
 *
 * @param keepDays how long its finished runs are kept; null for as long as the server keeps runs of any project
 */
public record Project(
        String key, String name, Instant created, @Nullable Integer keepDays) {

    public static Project of(ProjectRow row) {
        return new Project(row.key(), row.name(), row.createdAt(), row.keepDays());
    }
}
