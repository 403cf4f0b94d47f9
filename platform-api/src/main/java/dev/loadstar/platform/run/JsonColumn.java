package dev.loadstar.platform.run;

import java.util.List;
import java.util.Map;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.problem.Problem;
import dev.loadstar.contract.run.LoadChange;
import dev.loadstar.contract.run.RunDocument;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** A value kept as JSON text in one column. */
abstract class JsonColumn<T> implements AttributeConverter<T, String> {

    private final TypeReference<T> type;

    JsonColumn(TypeReference<T> type) {
        this.type = type;
    }

    @Override
    public @Nullable String convertToDatabaseColumn(@Nullable T value) {
        return value == null ? null : Json.write(value);
    }

    @Override
    public @Nullable T convertToEntityAttribute(@Nullable String text) {
        return text == null ? null : Json.mapper().readValue(text, type);
    }

    @Converter
    static final class OfSubmitted extends JsonColumn<Submitted> {
        OfSubmitted() {
            super(new TypeReference<>() {});
        }
    }

    @Converter
    static final class OfSource extends JsonColumn<RunDocument.Source> {
        OfSource() {
            super(new TypeReference<>() {});
        }
    }

    @Converter
    static final class OfProblems extends JsonColumn<List<Problem>> {
        OfProblems() {
            super(new TypeReference<>() {});
        }
    }

    @Converter
    static final class OfTexts extends JsonColumn<List<String>> {
        OfTexts() {
            super(new TypeReference<>() {});
        }
    }

    @Converter
    static final class OfLabels extends JsonColumn<Map<String, String>> {
        OfLabels() {
            super(new TypeReference<>() {});
        }
    }

    @Converter
    static final class OfLoadChanges extends JsonColumn<List<LoadChange>> {
        OfLoadChanges() {
            super(new TypeReference<>() {});
        }
    }

    @Converter
    static final class OfExecutors extends JsonColumn<List<RunDocument.ExecutorResult>> {
        OfExecutors() {
            super(new TypeReference<>() {});
        }
    }
}
