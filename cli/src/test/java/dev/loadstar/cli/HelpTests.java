package dev.loadstar.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

class HelpTests {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    private final Commands commands = new Commands(new Screen(stream, stream, Look.plain()), Map.of());

    @Test
    void overviewNamesEveryCommandAndFitsOneScreen() {
        assertThat(commands.execute()).isZero();

        var lines = text().lines().toList();
        assertThat(lines).hasSizeLessThan(24).allMatch(line -> line.length() <= 80);
        assertThat(commands.all().getSubcommands().keySet())
                .allSatisfy(name -> assertThat(text()).containsPattern("(?m)^.{9}" + name + " "));
    }

    @TestFactory
    Stream<DynamicTest> everyCommandHasHelpWithAnExampleOfItself() {
        return tree(commands.all())
                .map(command -> command.getCommandSpec().qualifiedName(" "))
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    String path = name.substring("./loadstar ".length());
                    out.reset();
                    assertThat(commands.execute(("help " + path).split(" "))).isZero();
                    String help = text();
                    assertThat(help)
                            .startsWith("Usage: " + name)
                            .containsPattern("\nExample: .*\\./loadstar " + path + "\\b");
                    assertThat(help.lines()).allMatch(line -> line.length() <= 90);
                    out.reset();
                    assertThat(commands.execute((path + " --help").split(" "))).isZero();
                    assertThat(text()).isEqualTo(help);
                }));
    }

    @Test
    void completionScriptKnowsCommandsAndOptions() {
        assertThat(commands.execute("completion", "bash")).isZero();

        assertThat(text())
                .startsWith("#!/usr/bin/env bash")
                .contains("complete -F _complete_loadstar")
                .contains("--wait-max")
                .contains("--allow-local-git")
                .contains("bashcompinit");
    }

    private static Stream<CommandLine> tree(CommandLine line) {
        return line.getSubcommands().values().stream()
                .flatMap(command -> Stream.concat(Stream.of(command), tree(command)));
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
