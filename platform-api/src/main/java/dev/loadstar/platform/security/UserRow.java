package dev.loadstar.platform.security;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** Someone who may sign in with a password, of which only a hash is kept. */
@Entity
@Table(schema = "platform", name = "app_user")
class UserRow {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    private String name;
    private String password;
    private boolean admin;

    @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
    protected UserRow() {}

    UserRow(String name, String password, boolean admin) {
        this.name = name;
        this.password = password;
        this.admin = admin;
    }

    @Nullable
    Long id() {
        return id;
    }

    String name() {
        return name;
    }

    String password() {
        return password;
    }

    boolean isAdmin() {
        return admin;
    }

    void changePassword(String hash) {
        password = hash;
    }
}
