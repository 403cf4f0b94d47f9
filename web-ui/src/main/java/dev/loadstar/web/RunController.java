package dev.loadstar.web;

import java.security.Principal;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.contract.run.LoadChange;
import dev.loadstar.platform.run.Runs;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page of one run, live and finished. */
@Controller
class RunController {

    private final Runs runs;

    RunController(Runs runs) {
        this.runs = runs;
    }

    /** @param plan false for a page that has it already, because it is long and never changes */
    @GetMapping("/projects/{project}/runs/{number}")
    String run(
            @PathVariable String project,
            @PathVariable int number,
            @RequestParam(defaultValue = "true") boolean plan,
            Model model) {
        show(project, number, model);
        model.addAttribute("withPlan", plan);
        return "run";
    }

    @PostMapping("/projects/{project}/runs/{number}/stop")
    String stop(@PathVariable String project, @PathVariable int number, Principal user) {
        try {
            runs.stop(project, number, user.getName());
        } catch (LoadstarException e) {
            // Ended while the button was still there: the page shows it.
            if (e.code() != ErrorCode.RUN_OVER) {
                throw e;
            }
        }
        return "redirect:/projects/{project}/runs/{number}";
    }

    @PostMapping("/projects/{project}/runs/{number}/pin")
    String pin(@PathVariable String project, @PathVariable int number, @RequestParam boolean pinned, Principal user) {
        runs.pin(project, number, pinned, user.getName());
        return "redirect:/projects/{project}/runs/{number}";
    }

    @PostMapping("/projects/{project}/runs/{number}/load")
    String changeLoad(
            @PathVariable String project,
            @PathVariable int number,
            @RequestParam String scenario,
            @ModelAttribute LoadForm form,
            Principal user,
            RedirectAttributes page) {
        try {
            runs.changeLoad(project, number, scenario, form.what(), user.getName());
        } catch (LoadstarException e) {
            if (e.code() != ErrorCode.NOT_RUNNING && e.code() != ErrorCode.REQUEST_INVALID) {
                throw e;
            }
            page.addFlashAttribute("loadProblem", e.detail());
        }
        return "redirect:/projects/{project}/runs/{number}";
    }

    /** What the form for the load sends; each button its own part of it. */
    record LoadForm(
            @Nullable Integer users,
            @Nullable Double rate,
            @Nullable Boolean paused) {
        LoadChange.What what() {
            return new LoadChange.What(users, rate, paused);
        }
    }

    private void show(String project, int number, Model model) {
        var document = runs.document(project, number);
        model.addAttribute("project", project);
        model.addAttribute(
                "view",
                new RunView(
                        document,
                        runs.plan(project, number).orElse(null),
                        runs.followedPlan(project, number).orElse(null)));
        model.addAttribute("run", document);
        model.addAttribute("api", "/api/v1/projects/%s/runs/%d".formatted(project, number));
    }
}
