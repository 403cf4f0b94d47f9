package dev.loadstar.web;

import java.security.Principal;
import java.util.List;

import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.contract.problem.Problem;
import dev.loadstar.platform.run.Runs;
import dev.loadstar.validator.Submission;
import dev.loadstar.validator.Validation;
import dev.loadstar.validator.definition.Overrides;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** The form that validates and starts a run. */
@Controller
class NewRunController {

    private final Runs runs;

    NewRunController(Runs runs) {
        this.runs = runs;
    }

    @GetMapping("/projects/{project}/runs/new")
    String form(@PathVariable String project, @ModelAttribute("form") Form form, Model model) {
        model.addAttribute("project", project);
        return "new";
    }

    @PostMapping("/projects/{project}/runs/validate")
    String validate(@PathVariable String project, @ModelAttribute("form") Form form, Model model) {
        model.addAttribute("project", project);
        try {
            switch (runs.validate(project, form.submission())) {
                case Validation.Refused refused -> model.addAttribute("problems", refused.problems());
                case Validation.Accepted accepted -> {
                    model.addAttribute("problems", List.<Problem>of());
                    model.addAttribute("warnings", accepted.warnings());
                    model.addAttribute("plan", PlanView.of(accepted.plan()));
                }
            }
        } catch (LoadstarException e) {
            model.addAttribute("problems", e.problems());
        }
        return "new";
    }

    /** A submission that is wrong becomes a refused run, whose page says why. */
    @PostMapping("/projects/{project}/runs/new")
    String start(@PathVariable String project, @ModelAttribute("form") Form form, Principal user, Model model) {
        try {
            var run = runs.submit(project, form.submission(), user.getName());
            return "redirect:" + run.links().page();
        } catch (LoadstarException e) {
            model.addAttribute("project", project);
            model.addAttribute("problems", e.problems());
            return "new";
        }
    }

    /** What the form holds; a field that was left empty means its default. */
    record Form(
            @Nullable String git,
            @Nullable String ref,
            @Nullable String path) {

        Submission submission() {
            String definition = trimmed(path);
            String url = trimmed(git);
            return new Submission.Git(
                    url == null ? "" : url,
                    trimmed(ref),
                    definition == null ? Submission.DEFAULT_PATH : definition,
                    null,
                    Overrides.NONE);
        }

        private static @Nullable String trimmed(@Nullable String text) {
            return text == null || text.isBlank() ? null : text.strip();
        }
    }
}
