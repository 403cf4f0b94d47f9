package dev.loadstar.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

import static org.assertj.core.api.Assertions.assertThat;

/** The reference in docs/cli.md is what the commands say of themselves. */
class CliReferenceTests {

    private static final String BEGIN = "<!-- reference -->\n";
    private static final Path WRITTEN = Path.of("target", "cli-reference.md");

    @Test
    void referenceIsWhatTheCommandsSayOfThemselves() throws IOException {
        var nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        var lines = new ArrayList<String>();
        tree(new Commands(new Screen(nowhere, nowhere, Look.plain()), Map.of()).all())
                .forEach(command -> lines.addAll(section(command.getCommandSpec())));
        String reference = String.join("\n", lines) + "\n";
        Files.createDirectories(WRITTEN.toAbsolutePath().getParent());
        Files.writeString(WRITTEN, reference);

        String page = Files.readString(Path.of("..", "docs", "cli.md"));

        assertThat(page.substring(page.indexOf(BEGIN) + BEGIN.length()))
                .as("the end of docs/cli.md; cli/%s is what it should be", WRITTEN)
                .isEqualTo(reference);
    }

    private static List<String> section(CommandSpec command) {
        var lines = new ArrayList<String>();
        lines.add("");
        lines.add("### " + command.qualifiedName(" "));
        lines.add(command.usageMessage().description()[0]);
        lines.add("");
        lines.add("| | |");
        lines.add("|---|---|");
        for (var parameter : command.positionalParameters()) {
            if (!parameter.hidden()) {
                lines.add(row(parameter.paramLabel(), parameter));
            }
        }
        command.options().stream()
                .filter(option -> !option.usageHelp())
                .sorted((a, b) -> a.longestName().compareTo(b.longestName()))
                .forEach(option -> lines.add(row(
                        option.arity().max() == 0
                                ? option.longestName()
                                : option.longestName() + " " + option.paramLabel(),
                        option)));
        if (lines.getLast().equals("|---|---|")) {
            lines.subList(lines.size() - 3, lines.size()).clear();
        }
        lines.add("");
        lines.add("```");
        Stream.of(command.usageMessage().footer())
                .filter(line -> !line.isEmpty())
                .forEach(lines::add);
        lines.add("```");
        return lines;
    }

    private static String row(String name, ArgSpec what) {
        return "| `%s` | %s |"
                .formatted(name, String.join(" ", what.description()))
                .replace("DIR|FILE", "DIR\\|FILE");
    }

    private static Stream<CommandLine> tree(CommandLine line) {
        return line.getSubcommands().values().stream()
                .flatMap(command -> Stream.concat(Stream.of(command), tree(command)));
    }
}
