package dev.loadstar.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

import dev.loadstar.contract.definition.Units;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.TypeConversionException;

/** The commands by name, made when they are needed: reading the annotations of them all takes time at every start. */
final class Commands {

    private static final int HELP_WIDTH = 80;
    private static final int NARROWEST_HELP = 55;

    private final Screen screen;
    private final Map<String, String> environment;
    private final Map<String, Supplier<Object>> commands = new LinkedHashMap<>();

    Commands(Screen screen, Map<String, String> environment) {
        this.screen = screen;
        this.environment = environment;
        commands.put("demo", () -> new DemoCommand(screen, server()));
        commands.put("init", () -> new InitCommand(screen, System.in));
        commands.put("up", UpCommand::new);
        commands.put("validate", () -> new ValidateCommand(screen, server()));
        commands.put("plan", () -> new PlanCommand(screen, server()));
        commands.put("run", () -> new RunCommand(screen, server()));
        commands.put("runs", () -> new RunsCommand(screen, server()));
        commands.put("watch", () -> new WatchCommand(screen, server()));
        commands.put("show", () -> new ShowCommand(screen, server()));
        commands.put("compare", () -> new CompareCommand(screen, server()));
        commands.put("export", () -> new ExportCommand(screen, server()));
        commands.put("logs", () -> new LogsCommand(screen, server()));
        commands.put("load", () -> new LoadCommand(screen, server()));
        commands.put("pin", () -> new PinCommand(screen, server()));
        commands.put("stop", () -> new StopCommand(screen, server()));
        commands.put("secret", () -> SecretCommand.with(screen, this::server));
        commands.put("keep", () -> new KeepCommand(screen, server()));
        commands.put("completion", () -> new CompletionCommand(screen));
        commands.put("test", TestCommand::new);
        commands.put("verify", VerifyCommand::new);
        commands.put("help", () -> new HelpCommand(screen));
    }

    /** Runs one command line and answers the exit code. */
    int execute(String... arguments) {
        var failures = new Failures(screen);
        var line = arguments.length > 0 && isWhole(arguments[0]) ? with(arguments[0]) : all();
        var usage = new StringWriter();
        line.setOut(new PrintWriter(usage, true));
        line.setParameterExceptionHandler((e, given) -> failures.usage(e));
        line.setExecutionExceptionHandler((e, command, result) -> failures.execution(e));
        int code = line.execute(arguments);
        if (!usage.toString().isBlank()) {
            screen.fact(usage.toString().stripTrailing());
        }
        return code;
    }

    /** The model of everything that can be typed. */
    CommandLine all() {
        return with(commands.keySet().toArray(String[]::new));
    }

    /** Whether a command does with the model of itself. */
    private boolean isWhole(String name) {
        return commands.containsKey(name) && !name.equals("help") && !name.equals("completion");
    }

    private CommandLine with(String... names) {
        var line = Overview.root();
        for (String name : names) {
            line.addSubcommand(Objects.requireNonNull(commands.get(name), name).get());
        }
        line.getSubcommands().values().forEach(Commands::shorten);
        line.setUsageHelpWidth(
                screen.look().facts() ? Math.clamp(screen.columns(), NARROWEST_HELP, HELP_WIDTH) : HELP_WIDTH);
        line.registerConverter(Duration.class, Commands::duration);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
        return line;
    }

    private static Duration duration(String text) {
        try {
            return Units.duration(text);
        } catch (IllegalArgumentException e) {
            var wrong = new TypeConversionException(e.getMessage());
            wrong.initCause(e);
            throw wrong;
        }
    }

    private static void shorten(CommandLine command) {
        command.getCommandSpec().usageMessage().abbreviateSynopsis(true);
        command.getSubcommands().values().forEach(Commands::shorten);
    }

    private ServerChoice server() {
        return new ServerChoice(environment);
    }
}
