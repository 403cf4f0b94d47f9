package dev.loadstar.executor.request;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import dev.loadstar.contract.plan.Requests.Body;
import dev.loadstar.contract.template.Encoding;
import dev.loadstar.executor.secret.PlanValues;

/** The body of a request and its content type. */
sealed interface RequestBody {

    String contentType();

    Outgoing.Body in(Visit visit);

    static RequestBody of(Body body, Path workspace, PlanValues values) {
        return switch (body) {
            case Body.Json json -> new Plain("application/json", Text.of(json.template(), Encoding.JSON, values));
            case Body.Text text ->
                new Plain("text/plain; charset=UTF-8", Text.of(text.template(), Encoding.NONE, values));
            case Body.Form form -> new Form(texts(form.fields(), values));
            case Body.File file -> new Bytes(workspace.resolve(file.path()));
        };
    }

    private static Map<String, Text> texts(Map<String, String> fields, PlanValues values) {
        var texts = new LinkedHashMap<String, Text>();
        fields.forEach((name, value) ->
                texts.put(Encoding.URL.encode(name), Text.of(value, Encoding.URL, values, Encoding.URL::encode)));
        return texts;
    }

    private static Outgoing.Body body(String text) {
        return new Outgoing.TextBody(text);
    }

    /** A text with values. */
    record Plain(String contentType, Text text) implements RequestBody {
        @Override
        public Outgoing.Body in(Visit visit) {
            return body(text.in(visit));
        }
    }

    /** Fields of a form. */
    record Form(Map<String, Text> fields) implements RequestBody {
        @Override
        public String contentType() {
            return "application/x-www-form-urlencoded";
        }

        @Override
        public Outgoing.Body in(Visit visit) {
            return body(fields.entrySet().stream()
                    .map(field -> field.getKey() + "=" + field.getValue().in(visit))
                    .collect(Collectors.joining("&")));
        }
    }

    /** A file as it is. */
    record Bytes(Path file) implements RequestBody {
        @Override
        public String contentType() {
            return file.toString().endsWith(".json") ? "application/json" : "application/octet-stream";
        }

        @Override
        public Outgoing.Body in(Visit visit) {
            return new Outgoing.FileBody(file);
        }
    }
}
