package dev.loadstar.web;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.loadstar.contract.json.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;

/** In which line of a definition's text each of its values is. */
final class DefinitionLines {

    private final List<String> text;
    private final Map<String, Integer> lines = new HashMap<>();

    private DefinitionLines(List<String> text) {
        this.text = text;
    }

    /** Of a text that breaks off or is no JSON, the lines up to there. */
    static DefinitionLines of(String definition) {
        var lines = new DefinitionLines(definition.lines().toList());
        try (JsonParser parser = Json.mapper().createParser(definition)) {
            while (parser.nextToken() != null) {
                lines.lines.putIfAbsent(
                        parser.streamReadContext().pathAsPointer().toString(),
                        parser.currentTokenLocation().getLineNr());
            }
        } catch (JacksonException e) {
            // What is wrong there is told by those who validate it.
        }
        return lines;
    }

    /** The line, from 1 on, of the value at that pointer, or of the nearest one around it that is there. */
    Optional<Integer> find(String pointer) {
        Integer line = lines.get(pointer);
        int end = pointer.lastIndexOf('/');
        return line != null || end < 0 ? Optional.ofNullable(line) : find(pointer.substring(0, end));
    }

    /** What stands in that line. */
    String text(int line) {
        return line > text.size() ? "" : text.get(line - 1);
    }
}
