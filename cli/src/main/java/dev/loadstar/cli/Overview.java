package dev.loadstar.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** What the program says about itself: every command in a line, in groups of what people do with them. */
@Command(name = "./loadstar")
final class Overview implements Runnable {

    private static final String SECTION = "overview";

    private static final Map<String, List<String>> GROUPS = groups();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @SuppressWarnings("unused") // picocli acts on it
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    private boolean help;

    private Overview() {}

    /** The program without any command yet. */
    static CommandLine root() {
        var line = new CommandLine(new Overview());
        line.setHelpSectionKeys(List.of(SECTION));
        line.getHelpSectionMap().put(SECTION, shown -> String.join("\n", lines(shown.commandSpec())));
        return line;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private static List<String> lines(CommandSpec root) {
        var lines = new ArrayList<String>();
        lines.add("Load tests of any size with any tool: a loadstar.json in, a verdict out.");
        GROUPS.forEach((group, names) -> {
            String head = group;
            for (String name : names) {
                var command = Objects.requireNonNull(root.subcommands().get(name), name)
                        .getCommandSpec();
                lines.add("%-9s%-12s%s"
                        .formatted(head, name, command.usageMessage().description()[0]));
                head = "";
            }
        });
        lines.add("./loadstar help COMMAND tells more, with an example; docs/cli.md has the rest.");
        return lines;
    }

    private static Map<String, List<String>> groups() {
        var groups = new LinkedHashMap<String, List<String>>();
        groups.put("Begin", List.of("demo", "init", "up"));
        groups.put("Test", List.of("validate", "plan", "run"));
        groups.put("Runs", List.of("runs", "watch", "show", "compare", "export", "logs", "load", "pin", "stop"));
        groups.put("More", List.of("secret", "keep", "completion", "test", "verify", "help"));
        return groups;
    }
}
