package dev.loadstar.contract.definition;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The JSON Schema (2020-12) of the definition's format, as it is published: every field with its default, built or not. */
public final class DefinitionSchema {

    /** The schema's own {@code $id}. */
    public static final String ID = "https://loadstar.dev/schema/loadstar-v1.json";

    private static final String TEXT = load();

    private DefinitionSchema() {}

    /** The whole schema as JSON. */
    public static String text() {
        return TEXT;
    }

    private static String load() {
        try (InputStream file = DefinitionSchema.class.getResourceAsStream("loadstar-v1.schema.json")) {
            if (file == null) {
                throw new IllegalStateException("the schema is not on the class path");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
