package dev.loadstar.platform.secret;

import java.time.Instant;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A secret of a project, sealed. */
@Entity
@Table(schema = "platform", name = "project_secret")
class SecretRow {

    @Id
    private long id;

    private long projectId;
    private String name;
    private byte[] sealed;
    private String changedBy;
    private Instant changedAt;

    @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
    protected SecretRow() {}

    long projectId() {
        return projectId;
    }

    String name() {
        return name;
    }

    byte[] sealed() {
        return sealed.clone();
    }

    String changedBy() {
        return changedBy;
    }

    Instant changedAt() {
        return changedAt;
    }
}
