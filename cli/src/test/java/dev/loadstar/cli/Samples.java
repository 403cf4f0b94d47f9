package dev.loadstar.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.run.RunDocument;
import tools.jackson.databind.node.ObjectNode;

/** Documents as a server writes them, each the published example with a few fields changed. */
final class Samples {

    private Samples() {}

    /** The published example. */
    static ObjectNode run() {
        try (InputStream json = Samples.class.getResourceAsStream("run.json")) {
            return (ObjectNode) Json.mapper().readTree(Objects.requireNonNull(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ObjectNode status(String status) {
        return run().put("status", status).putNull("verdict").putNull("endReason");
    }

    static ObjectNode verdict(String verdict) {
        return run().put("verdict", verdict);
    }

    static ObjectNode refused() {
        var run = run().put("status", "FINISHED").put("endReason", "REFUSED").putNull("verdict");
        run.set("problems", Json.mapper().readTree(problems()));
        return run;
    }

    /** Two problems of one definition. */
    static String problems() {
        return """
                [{"pointer": "/scenarios/0/load/holdFor", "code": "key-unknown", "message": "not known.",
                  "hint": "did you mean a stage's \\"duration\\"?"},
                 {"pointer": "/scenarios/1/script/file", "code": "script-missing",
                  "message": "jmeter/pay.jmx is not in the repository at 9f2c0e6", "hint": "jmeter/payment.jmx is"}]
                """;
    }

    /** One second of a running load. */
    static String tick() {
        return """
                {"runId": "01JD4T0Z7Q8V5W2K3M4N5P6R7S", "project": "default", "number": 42,\
                 "second": "2026-11-20T10:00:05Z", "elapsedMs": 5000, "plannedMs": 30000, "stage": "hold",\
                 "plannedUsers": 20.0, "recent": {"requests": 2000, "errors": 0}, "total": {"requests": 9000, "errors": 1},\
                 "labels": [], "executors": []}""";
    }

    static RunDocument document(ObjectNode json) {
        return Json.read(json.toString(), RunDocument.class);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
