package dev.loadstar.platform.settings;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The local administrator, {@code loadstar.admin.…}.
 *
 * @param password without one, a generated one is kept in the data directory's file {@code admin-password}
 */
@ConfigurationProperties("loadstar.admin")
public record AdminSettings(
        @DefaultValue("admin") String name, @Nullable String password) {

    @Override
    public String toString() {
        return "AdminSettings[name=" + name + "]";
    }
}
