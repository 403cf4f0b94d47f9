package dev.loadstar.contract.plan;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * Requests without a script: one iteration sends all of them in order or, when they have weights, one of them. Texts may
 * hold references, see {@code ${env.NAME}}; defaults are filled in.
 *
 * @param timeout most time for one request, redirects included
 * @param keepAlive whether a user keeps its connections
 * @param list all with a weight or none
 */
public record Requests(Duration timeout, boolean keepAlive, boolean followRedirects, List<Request> list)
        implements Work {

    public Requests {
        list = List.copyOf(list);
    }

    /** Whether an iteration is one request, picked by its weight, in place of all in order. */
    public boolean areWeighted() {
        return list.stream().allMatch(request -> request.weight() != null);
    }

    /**
     * One request.
     *
     * @param name its label
     * @param path relative to the target's address, or an address of an allowed host
     * @param weight share of the picks; null where requests run in order
     */
    public record Request(
            String name,
            String method,
            String path,
            Map<String, String> query,
            Map<String, String> headers,
            @Nullable Body body,
            @Nullable ThinkTime thinkTime,
            @Nullable Double weight,
            Expect expect,
            List<Extract> extract) {
        public Request {
            query = inOrder(query);
            headers = inOrder(headers);
            extract = List.copyOf(extract);
        }
    }

    /** What a request carries. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Body.Json.class, name = "json"),
        @JsonSubTypes.Type(value = Body.Text.class, name = "text"),
        @JsonSubTypes.Type(value = Body.Form.class, name = "form"),
        @JsonSubTypes.Type(value = Body.File.class, name = "file")
    })
    public sealed interface Body {

        /** @param template JSON with references inside its strings */
        record Json(String template) implements Body {}

        record Text(String template) implements Body {}

        record Form(Map<String, String> fields) implements Body {
            public Form {
                fields = inOrder(fields);
            }
        }

        /** @param path of the file, relative to the repository's root; sent as it is */
        record File(String path) implements Body {}
    }

    /** Pause before the request, evenly distributed between the two. */
    public record ThinkTime(Duration min, Duration max) {}

    /**
     * What makes a response a success.
     *
     * @param status empty: all below 400
     */
    public record Expect(List<Integer> status, @Nullable String bodyContains, List<JsonCheck> jsonPath) {
        public Expect {
            status = List.copyOf(status);
            jsonPath = List.copyOf(jsonPath);
        }
    }

    /**
     * A check on a JSON body.
     *
     * @param equals JSON with references inside its strings; null: any value
     */
    public record JsonCheck(
            String path, boolean exists, @Nullable String equals) {}

    /** A value of the response, kept for later requests of the iteration. */
    public record Extract(String as, From from, String expression) {

        /** Where the value is; of a regular expression it is the first group. */
        public enum From {
            JSON_PATH,
            HEADER,
            REGEX
        }
    }

    private static Map<String, String> inOrder(Map<String, String> texts) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(texts));
    }
}
