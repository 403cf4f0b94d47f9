package dev.loadstar.validator.definition;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import dev.loadstar.contract.json.Json;
import dev.loadstar.validator.artifact.ArtifactRequest;
import tools.jackson.databind.JsonNode;

/**
 * The tools whose executors are installed, with the schema of each one's options, which lies in its program's folder. A
 * list of the options that the schema marks with {@code x-artifacts} holds Maven coordinates.
 */
public final class Tools {

    static final String ARTIFACTS = "x-artifacts";

    private static final String EXECUTOR = "executor-";
    private static final String SCHEMA = "options.schema.json";

    private final Map<String, JsonNode> options;
    private final SchemaCheck check;

    private Tools(Map<String, JsonNode> options) {
        this.options = new TreeMap<>(options);
        this.check = new SchemaCheck(options);
    }

    /** Those in the assembled product. */
    public static Tools in(Path home) {
        var options = new TreeMap<String, JsonNode>();
        if (Files.isDirectory(home)) {
            try (var programs = Files.newDirectoryStream(home, EXECUTOR + "*")) {
                for (Path program : programs) {
                    options.put(program.getFileName().toString().substring(EXECUTOR.length()), schema(program));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new Tools(options);
    }

    /** Tools without options. */
    public static Tools named(Collection<String> names) {
        var options = new TreeMap<String, JsonNode>();
        names.forEach(name -> options.put(name, none()));
        return new Tools(options);
    }

    public Set<String> names() {
        return Set.copyOf(options.keySet());
    }

    SchemaCheck check() {
        return check;
    }

    /** The libraries that a scenario's options ask for. */
    List<ArtifactRequest> artifacts(String tool, Place toolOptions) {
        var requests = new ArrayList<ArtifactRequest>();
        Place given = toolOptions.at(tool);
        options.getOrDefault(tool, none()).path("properties").properties().forEach(option -> {
            JsonNode mark = option.getValue().path(ARTIFACTS);
            Place list = given.at(option.getKey());
            List<String> coordinates =
                    list.items().stream().flatMap(item -> item.text().stream()).toList();
            if (!mark.isMissingNode() && !coordinates.isEmpty()) {
                requests.add(new ArtifactRequest(coordinates, list.pointer(), JsonWords.texts(mark.path("provided"))));
            }
        });
        return requests;
    }

    private static JsonNode schema(Path program) throws IOException {
        Path file = program.resolve(SCHEMA);
        return Files.exists(file) ? Json.mapper().readTree(Files.readString(file)) : none();
    }

    private static JsonNode none() {
        return Json.mapper().createObjectNode().put("type", "object").put("additionalProperties", false);
    }
}
