package dev.loadstar.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.loadstar.platform.rest.RequestProblems;
import dev.loadstar.validator.Submission;
import dev.loadstar.validator.definition.Overrides;
import org.jspecify.annotations.Nullable;

/**
 * What the form of a new run holds; a field that was left empty means its default.
 *
 * @param from {@code pasted} where {@code definition} takes the place of the file at {@code path}
 * @param variables one {@code name=value} a line, as {@code labels}
 */
record Form(
        @Nullable String git,
        @Nullable String ref,
        @Nullable String path,
        @Nullable String from,
        @Nullable String definition,
        @Nullable String target,
        @Nullable String variables,
        @Nullable String labels) {

    private static final String PASTED = "pasted";

    /** @throws dev.loadstar.contract.problem.LoadstarException REQUEST_INVALID with every problem of the fields */
    Submission submission() {
        var problems = new RequestProblems();
        String url = trimmed(git);
        String text = pasted().orElse(null);
        if (url == null && text == null) {
            problems.invalid("/git", "The repository's address is missing");
        }
        Overrides overrides = problems.overrides(
                entries("labels", labels, problems), trimmed(target), entries("variables", variables, problems));
        problems.check();
        if (url == null && text != null) {
            return new Submission.Pasted(text, overrides);
        }
        String file = trimmed(path);
        return new Submission.Git(
                url == null ? "" : url, trimmed(ref), file == null ? Submission.DEFAULT_PATH : file, text, overrides);
    }

    public boolean isPasted() {
        return PASTED.equals(from);
    }

    /** The definition that was given in the form itself; line ends as a browser keeps them in the field. */
    Optional<String> pasted() {
        return isPasted() ? Optional.of(definition == null ? "" : definition.replace("\r\n", "\n")) : Optional.empty();
    }

    /** The names that were given in a field of entries. */
    Set<String> names(String field) {
        return switch (field) {
            case "labels" -> entries(field, labels, new RequestProblems()).keySet();
            case "variables" -> entries(field, variables, new RequestProblems()).keySet();
            default -> Set.of();
        };
    }

    private static Map<String, String> entries(String field, @Nullable String text, RequestProblems problems) {
        var entries = new LinkedHashMap<String, String>();
        List<String> lines = text == null
                ? List.of()
                : text.lines().filter(line -> !line.isBlank()).toList();
        for (String line : lines) {
            int equals = line.indexOf('=');
            if (equals < 1) {
                problems.invalid("/" + field, "'%s' is not name=value".formatted(line.strip()));
            } else {
                entries.put(
                        line.substring(0, equals).strip(),
                        line.substring(equals + 1).strip());
            }
        }
        return entries;
    }

    private static @Nullable String trimmed(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
