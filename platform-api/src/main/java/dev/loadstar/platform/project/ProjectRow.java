package dev.loadstar.platform.project;

import java.time.Instant;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

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

    /** The next run's number; the row must be locked. */
    public int takeNumber() {
        return ++lastNumber;
    }
}
