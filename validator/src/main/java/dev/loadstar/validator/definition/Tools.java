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
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.loadstar.contract.json.Json;
import dev.loadstar.validator.artifact.ArtifactRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * The tools whose executors are installed, as their programs' folders tell: {@code descriptor.json} says what a tool can
 * do, {@code options.schema.json} which options it has. A list of the options that the schema marks with
 * {@code x-artifacts} holds Maven coordinates.
 */
public final class Tools {

    static final String ARTIFACTS = "x-artifacts";

    private static final String EXECUTOR = "executor-";
    private static final String DESCRIPTOR = "descriptor.json";
    private static final String SCHEMA = "options.schema.json";

    private final Map<String, Tool> tools;
    private final SchemaCheck check;

    private Tools(Map<String, Tool> tools) {
        this.tools = new TreeMap<>(tools);
        this.check = new SchemaCheck(tools.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, tool -> tool.getValue().options())));
    }

    /** @param abilities as its descriptor names them; it may have more than a definition can ask for */
    private record Tool(Set<String> abilities, JsonNode options) {

        static Tool in(Path program) throws IOException {
            JsonNode descriptor = json(program.resolve(DESCRIPTOR));
            var abilities = new TreeSet<String>();
            abilities.addAll(JsonWords.texts(descriptor.path("models")));
            abilities.addAll(JsonWords.texts(descriptor.path("capabilities")));
            JsonNode schema = json(program.resolve(SCHEMA));
            return new Tool(abilities, schema.isMissingNode() ? noOptions() : schema);
        }

        /** One that can do everything. */
        static Tool able() {
            var all = Stream.of(Ability.values()).map(Ability::name).collect(Collectors.toSet());
            return new Tool(all, noOptions());
        }
    }

    /** Those in the assembled product. */
    public static Tools in(Path home) {
        var tools = new TreeMap<String, Tool>();
        if (Files.isDirectory(home)) {
            try (var programs = Files.newDirectoryStream(home, EXECUTOR + "*")) {
                for (Path program : programs) {
                    tools.put(program.getFileName().toString().substring(EXECUTOR.length()), Tool.in(program));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new Tools(tools);
    }

    /** Tools that can do everything and have no options. */
    public static Tools named(Collection<String> names) {
        var tools = new TreeMap<String, Tool>();
        names.forEach(name -> tools.put(name, Tool.able()));
        return new Tools(tools);
    }

    public Set<String> names() {
        return Set.copyOf(tools.keySet());
    }

    /** Whether that tool is there and says that it can. */
    boolean can(String tool, Ability ability) {
        Tool asked = tools.get(tool);
        return asked != null && asked.abilities().contains(ability.name());
    }

    SchemaCheck check() {
        return check;
    }

    /** The libraries that a scenario's options ask for. */
    List<ArtifactRequest> artifacts(String tool, Place toolOptions) {
        var requests = new ArrayList<ArtifactRequest>();
        Place given = toolOptions.at(tool);
        JsonNode options = tools.containsKey(tool) ? tools.get(tool).options() : noOptions();
        options.path("properties").properties().forEach(option -> {
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

    private static JsonNode json(Path file) throws IOException {
        return Files.exists(file) ? Json.mapper().readTree(Files.readString(file)) : MissingNode.getInstance();
    }

    private static JsonNode noOptions() {
        return Json.mapper().createObjectNode().put("type", "object").put("additionalProperties", false);
    }
}
