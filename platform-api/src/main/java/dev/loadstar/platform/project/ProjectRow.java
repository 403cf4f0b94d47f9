package dev.loadstar.platform.project;

import java.time.Instant;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A project: the owner of runs, of their numbers and of secrets. */
@Entity
@Table(schema = "platform", name = "project")
public class ProjectRow {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private long id;

    private String key;
    private String name;
    private int lastNumber;
    private Instant createdAt;
    private @Nullable Integer keepDays;

    @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
    protected ProjectRow() {}

    public ProjectRow(String key, String name, Instant createdAt) {
        this.key = key;
        this.name = name;
        this.createdAt = createdAt;
    }

    public long id() {
        return id;
    }

    public String key() {
        return key;
    }

    String name() {
        return name;
    }

    Instant createdAt() {
        return createdAt;
    }

    @Nullable
    Integer keepDays() {
        return keepDays;
    }

    /** The same row with another time for which runs are kept; the row must be locked. */
    ProjectRow keep(@Nullable Integer days) {
        keepDays = days;
        return this;
    }

    /** The next run's number; the row must be locked. */
    public int takeNumber() {
        return ++lastNumber;
    }
}
