package dev.loadstar.web;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.platform.project.Projects;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The projects, of which administrators make more. */
@Controller
class ProjectsController {

    private final Projects projects;

    ProjectsController(Projects projects) {
        this.projects = projects;
    }

    @GetMapping("/projects")
    String list(HttpServletRequest request, Model model) {
        model.addAttribute("projects", projects.all());
        model.addAttribute("admin", isAdmin(request));
        return "projects";
    }

    @PostMapping("/projects")
    String create(@RequestParam String key, @RequestParam String name, HttpServletRequest request, Model model) {
        if (!isAdmin(request)) {
            throw new LoadstarException(ErrorCode.NOT_PERMITTED, "Only administrators make projects.");
        }
        try {
            check(key.strip());
            return "redirect:/projects/%s/runs"
                    .formatted(projects.create(key.strip(), name.isBlank() ? key.strip() : name.strip())
                            .key());
        } catch (LoadstarException e) {
            model.addAttribute("problem", e.detail());
            model.addAttribute("key", key);
            model.addAttribute("name", name);
            return list(request, model);
        }
    }

    private static void check(String key) {
        if (!key.matches(Projects.KEY)) {
            throw new LoadstarException(
                    ErrorCode.REQUEST_INVALID,
                    "A key has 1 to 63 lower-case letters, digits and dashes, and starts with no dash.");
        }
    }

    private static boolean isAdmin(HttpServletRequest request) {
        return request.isUserInRole("ADMIN");
    }
}
