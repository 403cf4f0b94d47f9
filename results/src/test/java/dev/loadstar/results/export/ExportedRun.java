package dev.loadstar.results.export;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.run.RunDocument;
import tools.jackson.databind.node.ObjectNode;

/** A failed run whose names try to be formulas, markup and worse. */
final class ExportedRun {

    private ExportedRun() {}

    static ObjectNode json() {
        try (InputStream json = ExportedRun.class.getResourceAsStream("run.json")) {
            return (ObjectNode) Json.mapper().readTree(Objects.requireNonNull(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RunDocument document() {
        return document(json());
    }

    static RunDocument document(ObjectNode json) {
        return Json.read(json.toString(), RunDocument.class);
    }
}
