package dev.loadstar.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program {@code loadstar}: its commands, and how their failures read. */
@Command(
        name = "loadstar",
        synopsisHeading = "",
        customSynopsis = {"usage: ./loadstar COMMAND …", ""},
        description = {
            "Load tests of any size with any tool: a git URL and a loadstar.json in, a verdict out.",
            "",
            "  up [--port N] [--data DIR] [--allow-local-git] [-D key=value]",
            "            Starts a server in the foreground.",
            "  test      Runs the project's own tests; for those who work on Loadstar.",
            ""
        },
        commandListHeading = "",
        footer = {
            "",
            "./loadstar help COMMAND tells more. Environment: LOADSTAR_SERVER, LOADSTAR_TOKEN, LOADSTAR_DATA, NO_COLOR."
        })
public final class Main implements Runnable {

    private static final int KILLED = 137;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private Main() {}

    public static void main(String[] args) {
        var environment = System.getenv();
        var out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        var err = new PrintStream(System.err, false, StandardCharsets.UTF_8);
        var screen = new Screen(out, err, look(environment, System.getProperty("loadstar.terminals", "")));
        endWithTheScript();
        int code = execute(screen, out, environment, args);
        out.flush();
        err.flush();
        System.exit(code);
    }

    /** The script passes signals on to us; where it was killed, nobody could. */
    private static void endWithTheScript() {
        if (System.getProperty("loadstar.script") != null) {
            Thread.ofVirtual().start(() -> {
                ProcessHandle.current()
                        .parent()
                        .ifPresent(script -> script.onExit().join());
                System.exit(KILLED);
            });
        }
    }

    /** Runs one command line. */
    static int execute(Screen screen, PrintStream out, Map<String, String> environment, String... args) {
        var line = new CommandLine(new Main())
                .addSubcommand(new RunCommand(screen, new ServerChoice(environment)))
                .addSubcommand(new ValidateCommand(screen, new ServerChoice(environment)))
                .addSubcommand(new ShowCommand(screen, new ServerChoice(environment)))
                .addSubcommand(new StopCommand(screen, new ServerChoice(environment)))
                .addSubcommand(new DemoCommand(screen, new ServerChoice(environment)))
                .addSubcommand(new HelpCommand());
        line.setUsageHelpWidth(110);
        line.registerConverter(Duration.class, Times::parse);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
        line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        line.setParameterExceptionHandler((e, given) -> usageError(screen, e));
        line.setExecutionExceptionHandler((e, command, result) -> failed(screen, e));
        return line.execute(args);
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private static int usageError(Screen screen, ParameterException e) {
        var command = e.getCommandLine().getCommandName();
        screen.error(String.valueOf(e.getMessage()));
        screen.error(
                "  ./loadstar help" + (command.equals("loadstar") ? "" : " " + command) + " shows how it is used.");
        return CliError.REFUSED;
    }

    private static int failed(Screen screen, Exception e) {
        return switch (e) {
            case CliError known -> say(screen, known);
            case ProblemDocument.Refused refused -> {
                RefusedText.of("the input", refused.problems(), screen.errorPaint())
                        .forEach(screen::error);
                yield CliError.REFUSED;
            }
            case HttpTimeoutException timeout ->
                say(screen, new CliError(CliError.BROKEN, "the server did not answer in time", words(timeout)));
            case IOException io ->
                say(screen, new CliError(CliError.BROKEN, "the connection or a file failed", words(io)));
            default -> {
                screen.error("loadstar: this is a defect of the command line: " + e);
                for (var frame : e.getStackTrace()) {
                    screen.error("    at " + frame);
                }
                yield CliError.BROKEN;
            }
        };
    }

    private static int say(Screen screen, CliError error) {
        screen.error("loadstar: " + error.title());
        error.lines().forEach(line -> screen.error("  " + line));
        return error.exitCode();
    }

    private static String words(Throwable e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static Screen.Look look(Map<String, String> environment, String terminals) {
        var list = List.of(terminals.split(",", -1));
        boolean dumb = "dumb".equals(environment.get("TERM"));
        String noColour = environment.get("NO_COLOR");
        return new Screen.Look(
                list.contains("out") && !dumb && (noColour == null || noColour.isEmpty()),
                list.contains("err") && !dumb,
                Math.max(20, Integer.getInteger("loadstar.columns", 120)));
    }
}
