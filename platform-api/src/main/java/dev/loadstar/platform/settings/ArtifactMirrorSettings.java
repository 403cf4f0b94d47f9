package dev.loadstar.platform.settings;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where libraries come from that scenarios ask for by Maven coordinates, {@code loadstar.artifacts.…}.
 *
 * @param mirror address of a Maven repository
 * @param user for it, null where it asks for none
 * @param buildMirror where builds of repositories' code fetch from, without a user; null for {@code mirror}, if that
 *     asks for none
 */
@ConfigurationProperties("loadstar.artifacts")
public record ArtifactMirrorSettings(
        @DefaultValue("https://repo.maven.apache.org/maven2")
        String mirror,

        @Nullable String user,
        @Nullable String password,
        @Nullable String buildMirror) {

    @Override
    public String toString() {
        return "ArtifactMirrorSettings[mirror=" + mirror + "]";
    }
}
