package dev.loadstar.web;

import java.util.List;

import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.contract.run.RunStatus;
import dev.loadstar.platform.project.Project;
import dev.loadstar.platform.project.Projects;
import dev.loadstar.platform.run.RunPage;
import dev.loadstar.platform.run.Runs;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The list of runs. */
@Controller
class RunsController {

    private static final int PAGE = 50;
    private static final RunPage NOTHING = new RunPage(List.of(), null);

    private final Runs runs;
    private final Projects projects;

    RunsController(Runs runs, Projects projects) {
        this.runs = runs;
        this.projects = projects;
    }

    /** Who has one project only is not asked for it. */
    @GetMapping("/")
    String home() {
        List<Project> all = projects.all();
        return all.size() == 1
                ? "redirect:/projects/%s/runs".formatted(all.getFirst().key())
                : "redirect:/projects";
    }

    @GetMapping("/projects/{project}/runs")
    String list(
            @PathVariable String project,
            @ModelAttribute("filter") Filter filter,
            @RequestParam(required = false) @Nullable Integer before,
            Model model) {
        model.addAttribute("project", project);
        model.addAttribute("older", before != null);
        String unclear = filter.unclear();
        model.addAttribute("unclear", unclear);
        show(unclear == null ? runs.list(project, filter.filter(), PAGE, before) : NOTHING, model);
        return "runs";
    }

    private static void show(RunPage page, Model model) {
        List<RunDocument> shown = page.runs();
        model.addAttribute("rows", shown.stream().map(RunRow::of).toList());
        model.addAttribute("next", page.before());
        model.addAttribute("moving", shown.stream().anyMatch(run -> run.status() != RunStatus.FINISHED));
    }
}
