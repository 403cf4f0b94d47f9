package dev.loadstar.cli;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.run.ComparisonDocument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code compare}: how one run differs from another. */
@Command(
        name = "compare",
        description = "Says how run B differs from run A.",
        footer = {
            "",
            "A change is called one when noise does not explain it: how far runs of the test",
            "differ among themselves, and how few samples there are.",
            "Exit code: 0 if they could be compared.",
            "",
            "Example: ./loadstar compare 41 42 --markdown"
        })
final class CompareCommand implements Callable<Integer> {

    private final Screen screen;

    @Parameters(
            index = "0",
            paramLabel = "A",
            description = "The run to hold it against; its number, or project/number.")
    private String a = "";

    @Parameters(index = "1", paramLabel = "B", description = "The run that is looked at; of the same project.")
    private String b = "";

    @Option(names = "--markdown", description = "Print Markdown, for a comment on a merge request.")
    private boolean markdown;

    @Mixin
    private final ServerChoice server;

    @Mixin
    private final Output output = new Output();

    CompareCommand(Screen screen, ServerChoice server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() throws Exception {
        var from = RunRef.parse(a);
        var to = b.contains("/")
                ? RunRef.parse(b)
                : new RunRef(from.project(), RunRef.parse(b).number());
        if (!from.project().equals(to.project())) {
            throw new CliError(
                    CliError.REFUSED, "the runs are of two projects", "Only runs of one project can be compared.");
        }
        if (markdown && output.json()) {
            throw new CliError(CliError.REFUSED, "--markdown and --json exclude each other", "Choose one of them.");
        }
        String path = "/compare/" + to.number();
        try (var answer = server.find().open(from, markdown ? path + "/summary.md" : path)) {
            String text = new String(answer.readAllBytes(), StandardCharsets.UTF_8);
            if (markdown || output.json()) {
                screen.fact(text.stripTrailing());
            } else {
                ComparisonText.lines(Json.read(text, ComparisonDocument.class), screen.columns(), screen.paint())
                        .forEach(screen::fact);
            }
        }
        return 0;
    }
}
