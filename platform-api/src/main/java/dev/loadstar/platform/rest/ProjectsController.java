package dev.loadstar.platform.rest;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Optional;

import dev.loadstar.platform.project.Project;
import dev.loadstar.platform.project.Projects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Projects: list, and for administrators create and change. */
@RestController
@RequestMapping("/api/v1/projects")
class ProjectsController {

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_KEPT = 3_650;

    private final Projects projects;

    ProjectsController(Projects projects) {
        this.projects = projects;
    }

    record ProjectList(List<Project> projects) {}

    @GetMapping
    ProjectList list() {
        return new ProjectList(projects.all());
    }

    @GetMapping("/{project}")
    Project show(@PathVariable String project) {
        return Project.of(projects.get(project));
    }

    @PatchMapping(path = "/{project}", consumes = MediaType.APPLICATION_JSON_VALUE)
    Project change(@PathVariable String project, InputStream input) throws IOException {
        JsonBody body = JsonBody.read(input, List.of("keepDays"));
        JsonNode days = body.root().path("keepDays");
        if (!days.isNull() && !isNumberOfDays(days)) {
            body.problems()
                    .invalid(
                            "/keepDays",
                            "'keepDays' is a number of days from 1 to %d, or null for the server's own"
                                    .formatted(LONGEST_KEPT));
        }
        body.problems().check();
        return projects.keep(project, days.isNull() ? null : Integer.valueOf(days.asInt()));
    }

    private static boolean isNumberOfDays(JsonNode days) {
        return days.isIntegralNumber() && days.canConvertToInt() && days.asInt() >= 1 && days.asInt() <= LONGEST_KEPT;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Project> create(InputStream input) throws IOException {
        JsonBody body = JsonBody.read(input, List.of("key", "name"));
        RequestProblems problems = body.problems();
        @Nullable String key = body.text("key");
        @Nullable String name = body.text("name");
        if (key == null ? !body.has("key") : !key.matches(Projects.KEY)) {
            problems.invalid(
                    "/key", "'key' has 1 to 63 lower-case letters, digits and dashes, and starts with no dash");
        }
        if (name != null && name.length() > LONGEST_NAME) {
            problems.invalid("/name", "'name' has at most %d characters".formatted(LONGEST_NAME));
        }
        problems.check();
        String checked = Optional.ofNullable(key).orElseThrow();
        Project made = projects.create(checked, name == null ? checked : name);
        return ResponseEntity.created(URI.create("/api/v1/projects/" + made.key()))
                .body(made);
    }
}
