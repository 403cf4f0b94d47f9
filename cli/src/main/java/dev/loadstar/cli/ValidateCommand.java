package dev.loadstar.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.plan.RunPlan;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code validate}: everything that is wrong with a test, without running it. */
@Command(
        name = "validate",
        description = "Checks a test and starts nothing.",
        footer = {"", "Exit code: 0 valid, 2 not."})
final class ValidateCommand implements Callable<Integer> {

    private final Screen screen;

    @Mixin
    private final SourceChoice source = new SourceChoice();

    @Mixin
    private final ServerChoice server;

    @Option(names = "--json", description = "Print the plan as JSON.")
    private boolean json;

    ValidateCommand(Screen screen, ServerChoice server) {
        this.screen = screen;
        this.server = server;
    }

    private record Answer(RunPlan plan, @Nullable List<String> warnings) {}

    @Override
    public Integer call() throws Exception {
        var what = source.source();
        var words = json ? screen.besideJson() : screen;
        try (var connection = server.findOrStart(words)) {
            words.live("checking " + what.name() + " …");
            String answer = connection.api().validate(source.project(), what, source.labels());
            if (json) {
                words.clear();
                screen.fact(answer);
            } else {
                lines(what.name(), Json.read(answer, Answer.class)).forEach(screen::fact);
            }
            return 0;
        } catch (ProblemDocument.Refused e) {
            RefusedText.of(what.name(), e.problems(), screen.errorPaint()).forEach(words::error);
            return CliError.REFUSED;
        }
    }

    private List<String> lines(String name, Answer answer) {
        var plan = answer.plan();
        var facts = new ArrayList<String>();
        facts.add(Figures.plural(plan.scenarios().size(), "scenario"));
        facts.add(Figures.plural(plan.executors().count(), "executor"));
        var duration = plan.plannedDuration();
        if (duration != null) {
            facts.add(Figures.clock(duration) + " of load");
        }
        facts.add(Figures.plural(plan.assertions().size(), "assertion"));
        var lines = new ArrayList<String>();
        lines.add(screen.paint().bold("valid") + "    " + name + ": " + String.join(", ", facts));
        if (answer.warnings() != null) {
            answer.warnings().forEach(warning -> lines.add("  note   " + warning));
        }
        return lines;
    }
}
