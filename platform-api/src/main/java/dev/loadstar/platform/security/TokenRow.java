package dev.loadstar.platform.security;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A token for the API, known by its hash only, that acts as a user. */
@Entity
@Table(schema = "platform", name = "api_token")
class TokenRow {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    private String name;
    private String hash;
    private String userName;

    @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
    protected TokenRow() {}

    TokenRow(String name, String hash, String userName) {
        this.name = name;
        this.hash = hash;
        this.userName = userName;
    }

    @Nullable
    Long id() {
        return id;
    }

    String name() {
        return name;
    }

    String hash() {
        return hash;
    }

    String userName() {
        return userName;
    }

    void change(String newHash, String newUserName) {
        hash = newHash;
        userName = newUserName;
    }
}
