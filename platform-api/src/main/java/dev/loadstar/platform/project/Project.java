package dev.loadstar.platform.project;

import java.time.Instant;

/** A project as it is shown. */
public record Project(String key, String name, Instant created) {

    public static Project of(ProjectRow row) {
        return new Project(row.key(), row.name(), row.createdAt());
    }
}
