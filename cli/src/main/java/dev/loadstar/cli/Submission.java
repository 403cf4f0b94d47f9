package dev.loadstar.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * A test to be checked or run, and what is different about it this time.
 *
 * @param target base URL in place of the definition's
 * @param variables in place of the definition's of the same names
 */
record Submission(
        String project,
        Source source,
        Map<String, String> labels,
        @Nullable String target,
        Map<String, String> variables) {

    /** The JSON that hands in a git repository. */
    Map<String, Object> body(Source.Git git) {
        var body = new TreeMap<String, Object>();
        body.put("git", git.url());
        body.put("path", git.path());
        if (git.ref() != null) {
            body.put("ref", git.ref());
        }
        if (!labels.isEmpty()) {
            body.put("labels", labels);
        }
        if (target != null) {
            body.put("target", target);
        }
        if (!variables.isEmpty()) {
            body.put("variables", variables);
        }
        return body;
    }

    /** What accompanies an uploaded folder. */
    String query(Source.Folder folder) {
        return "?path=" + encode(folder.path())
                + pairs("label", labels)
                + (target == null ? "" : "&target=" + encode(target))
                + pairs("var", variables);
    }

    private static String pairs(String name, Map<String, String> pairs) {
        return pairs.entrySet().stream()
                .map(pair -> "&" + name + "=" + encode(pair.getKey() + "=" + pair.getValue()))
                .collect(Collectors.joining());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
