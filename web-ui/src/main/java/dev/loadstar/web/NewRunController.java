package dev.loadstar.web;

import java.security.Principal;

import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.platform.run.Runs;
import dev.loadstar.validator.Validation;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** The form that validates, plans and starts a run. */
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
                case Validation.Refused refused ->
                    model.addAttribute("problems", PlacedProblems.of(refused.problems(), form));
                case Validation.Accepted accepted -> {
                    model.addAttribute("warnings", accepted.warnings());
                    model.addAttribute("plan", PlanView.of(accepted.plan()));
                }
            }
        } catch (LoadstarException e) {
            model.addAttribute("problems", PlacedProblems.of(e.problems(), form));
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
            model.addAttribute("problems", PlacedProblems.of(e.problems(), form));
            return "new";
        }
    }
}
