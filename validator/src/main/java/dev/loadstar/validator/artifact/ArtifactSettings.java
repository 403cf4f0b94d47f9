package dev.loadstar.validator.artifact;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Where libraries come from, and how much of them.
 *
 * @param mirror address of a Maven repository: {@code https:}, {@code http:} or {@code file:}
 * @param user for it, null where it asks for none
 * @param jars most jars of one scenario
 * @param bytes of all its jars together
 * @param patience for all that one scenario asks for
 * @param forBuilds another mirror, which asks for no user, for the code of repositories; null for the same one
 */
public record ArtifactSettings(
        String mirror,
        @Nullable String user,
        @Nullable String password,
        int jars,
        long bytes,
        Duration patience,
        @Nullable String forBuilds) {

    public static final ArtifactSettings DEFAULT = new ArtifactSettings(
            "https://repo.maven.apache.org/maven2", null, null, 200, 256L << 20, Duration.ofSeconds(60), null);

    /** The same from another place. */
    public ArtifactSettings from(String other, @Nullable String as, @Nullable String with) {
        return new ArtifactSettings(other, as, with, jars, bytes, patience, forBuilds);
    }

    /** The same with another mirror for builds, or with none of their own. */
    public ArtifactSettings withBuildsFrom(@Nullable String other) {
        return new ArtifactSettings(mirror, user, password, jars, bytes, patience, other);
    }

    /** Where builds may fetch from: a build is strangers' code, which no password is given to. Null if nowhere. */
    public @Nullable String buildMirror() {
        return forBuilds == null && user == null ? mirror : forBuilds;
    }

    /** Nothing that is printed shows the password. */
    @Override
    public String toString() {
        return "ArtifactSettings[" + mirror + "]";
    }
}
