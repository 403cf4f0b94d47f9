package dev.loadstar.platform.run;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A project: the owner of runs and of their numbers. */
@Entity
@Table(schema = "platform", name = "project")
class ProjectRow {

    @Id
    private long id;

    private String key;
    private int lastNumber;

    @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
    protected ProjectRow() {}

    long id() {
        return id;
    }

    String key() {
        return key;
    }

    /** The next run's number; the row must be locked. */
    int takeNumber() {
        return ++lastNumber;
    }
}
