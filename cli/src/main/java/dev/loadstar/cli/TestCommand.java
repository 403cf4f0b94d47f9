package dev.loadstar.cli;

import java.util.ArrayList;
import java.util.List;

import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code test}, as far as help and completion go: the script builds and tests itself. */
@Command(
        name = "test",
        description = "Runs the project's own tests, for those who work on it.",
        footer = {"", "Arguments go to Maven.", "", "Example: ./loadstar test -pl cli -am"})
@SuppressWarnings("unused") // the arguments are the script's
final class TestCommand implements Runnable {

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public void run() {
        throw new CliError(CliError.REFUSED, "the script ./loadstar runs the tests", "Use ./loadstar test.");
    }
}
