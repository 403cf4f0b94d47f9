package dev.loadstar.cli;

import java.io.IOException;
import java.net.http.HttpTimeoutException;

import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** How a failed command reads: what happened in one sentence, then what to do next. */
final class Failures {

    private final Screen screen;

    Failures(Screen screen) {
        this.screen = screen;
    }

    /** Tells why a command line is not understood, and answers the exit code. */
    int usage(ParameterException e) {
        var command = e.getCommandLine().getCommandSpec();
        String first = e instanceof UnmatchedArgumentException unmatched
                ? unmatched(unmatched)
                : String.valueOf(e.getMessage()).lines().findFirst().orElse("this cannot be understood");
        String help =
                command.parent() == null ? "" : " " + command.qualifiedName(" ").replaceFirst("^\\S+ ", "");
        return say(new CliError(CliError.REFUSED, first, "./loadstar help" + help + " shows how it is used."));
    }

    private static String unmatched(UnmatchedArgumentException e) {
        String given = e.getUnmatched().getFirst();
        var command = e.getCommandLine().getCommandSpec();
        boolean top = command.parent() == null;
        String what = e.isUnknownOption()
                ? "there is no option " + given
                : top || !command.subcommands().isEmpty()
                        ? "there is no command " + given
                        : given + " is one argument too many";
        var known = e.isUnknownOption()
                ? command.optionsMap().keySet()
                : command.subcommands().keySet();
        return Likeness.nearest(given, known)
                .map(name -> what + "; did you mean " + name + "?")
                .orElse(what);
    }

    /** Tells why a command failed, and answers the exit code. */
    int execution(Exception e) {
        return switch (e) {
            case CliError known -> say(known);
            case ProblemDocument.Refused refused -> {
                RefusedText.of("the input", refused.problems(), screen.errorPaint())
                        .forEach(screen::error);
                yield CliError.REFUSED;
            }
            case Http.Passing passing ->
                say(new CliError(
                        CliError.BROKEN,
                        "the server cannot answer now: " + passing.getMessage(),
                        "Try again when it is ready."));
            case HttpTimeoutException ignored ->
                say(new CliError(
                        CliError.BROKEN,
                        "the server did not answer in time",
                        "Try again; if it stays so, look at the server's log."));
            case IOException io ->
                say(new CliError(
                        CliError.BROKEN, "the connection or a file failed: " + Unreachable.words(io), "Try again."));
            default -> {
                screen.error("loadstar: this is a defect of the command line: " + e);
                for (var frame : e.getStackTrace()) {
                    screen.error("    at " + frame);
                }
                yield CliError.BROKEN;
            }
        };
    }

    private int say(CliError error) {
        screen.error("loadstar: " + error.title());
        error.lines().forEach(line -> screen.error("  " + line));
        return error.exitCode();
    }
}
