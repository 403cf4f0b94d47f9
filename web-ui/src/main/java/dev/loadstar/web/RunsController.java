package dev.loadstar.web;

import dev.loadstar.contract.run.RunStatus;
import dev.loadstar.platform.run.RunFilter;
import dev.loadstar.platform.run.RunPage;
import dev.loadstar.platform.run.Runs;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The list of runs. */
@Controller
class RunsController {

    private static final int PAGE = 50;

    private final Runs runs;

    RunsController(Runs runs) {
        this.runs = runs;
    }

    @GetMapping("/")
    String home() {
        return "redirect:/projects/default/runs";
    }

    @GetMapping("/projects/{project}/runs")
    String list(@PathVariable String project, @RequestParam(required = false) @Nullable Integer before, Model model) {
        RunPage page = runs.list(project, RunFilter.ALL, PAGE, before);
        model.addAttribute("project", project);
        model.addAttribute("rows", page.runs().stream().map(RunRow::of).toList());
        model.addAttribute("older", before != null);
        model.addAttribute("next", page.before());
        model.addAttribute("moving", page.runs().stream().anyMatch(run -> run.status() != RunStatus.FINISHED));
        return "runs";
    }
}
