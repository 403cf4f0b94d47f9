package dev.loadstar.cli.draft;

import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.loadstar.contract.definition.DefinitionSchema;
import dev.loadstar.contract.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * A definition as a beginner writes it.
 *
 * @param target base URL
 * @param hosts that may be loaded beside the target's own
 * @param script a JMeter plan relative to the definition's folder; null for one request to the target's own path
 * @param users held, after a ramp-up
 * @param rampUp and {@code duration} with their units
 */
public record Draft(
        String name,
        URI target,
        List<String> hosts,
        @Nullable String script,
        int users,
        String rampUp,
        String duration) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    public Draft {
        hosts = List.copyOf(hosts);
    }

    /** Whether a test may have this name. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** The next best name that a test may have. */
    public static String name(String text) {
        String name = text.strip().replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[._-]+|-+$", "");
        return name.isEmpty() ? "test" : name.substring(0, Math.min(100, name.length()));
    }

    /** The text of the file. */
    public String json() {
        return """
                {
                  "$schema": %s,
                  "version": "loadstar/v1",
                  "name": %s,
                  "target": { %s },
                  "scenarios": [
                    {
                      "name": "%s",
                      "tool": "jmeter",
                      %s,
                      "load": { "users": %d, "rampUp": %s, "duration": %s }
                    }
                  ],
                  "assertions": ["errors < 1%%", "p95 < 500ms"]
                }
                """.formatted(
                        Json.write(DefinitionSchema.ID),
                        Json.write(name),
                        targetFields(),
                        script == null ? "visit" : "script",
                        work(),
                        users,
                        Json.write(rampUp),
                        Json.write(duration));
    }

    private String targetFields() {
        String base = "\"baseUrl\": " + Json.write(origin());
        if (hosts.isEmpty()) {
            return base;
        }
        String all = Stream.concat(Stream.of(target.getHost()), hosts.stream())
                .map(Json::write)
                .collect(Collectors.joining(", "));
        return base + ", \"allowHosts\": [" + all + "]";
    }

    private String work() {
        if (script != null) {
            return "\"script\": { \"file\": %s }".formatted(Json.write(script));
        }
        return """
                "requests": [
                        { "name": "home", "method": "GET", "path": %s }
                      ]""".formatted(Json.write(path()));
    }

    private String origin() {
        return target.getScheme() + "://" + target.getRawAuthority();
    }

    private String path() {
        String path = target.getRawPath();
        return path == null || path.isEmpty() ? "/" : path;
    }
}
