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
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Projects: list, and for administrators create. */
@RestController
@RequestMapping("/api/v1/projects")
class ProjectsController {

    private static final int LONGEST_NAME = 100;

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
