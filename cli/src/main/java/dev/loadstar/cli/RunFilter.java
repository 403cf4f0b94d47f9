package dev.loadstar.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** Which runs of a project a list is about; null and empty for any. */
record RunFilter(
        int limit,
        @Nullable Integer before,
        @Nullable String test,
        @Nullable String status,
        @Nullable String verdict,
        List<String> labels) {

    static RunFilter newest(int limit) {
        return new RunFilter(limit, null, null, null, null, List.of());
    }

    String query() {
        var parts = new ArrayList<String>();
        parts.add("limit=" + limit);
        add(parts, "before", before);
        add(parts, "test", test);
        add(parts, "status", status);
        add(parts, "verdict", verdict);
        labels.forEach(label -> add(parts, "label", label));
        return "?" + String.join("&", parts);
    }

    private static void add(List<String> parts, String name, @Nullable Object value) {
        if (value != null) {
            parts.add(name + "=" + URLEncoder.encode(value.toString(), StandardCharsets.UTF_8));
        }
    }
}
