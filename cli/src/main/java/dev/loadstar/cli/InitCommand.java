package dev.loadstar.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

import dev.loadstar.cli.draft.Draft;
import dev.loadstar.cli.draft.JmxOutline;
import dev.loadstar.contract.definition.Units;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code init}: a first definition. */
@Command(
        name = "init",
        description = "Writes a first loadstar.json, by asking or from a JMX.",
        footer = {
            "",
            "Asks in a terminal; takes what it would propose elsewhere, and with --yes.",
            "",
            "Example: ./loadstar init . --jmx jmeter/checkout.jmx"
        })
final class InitCommand implements Callable<Integer> {

    private static final String DEMO_TARGET = "http://127.0.0.1:8090";
    private static final int USERS = 10;
    private static final int MOST_USERS = 10_000_000;
    private static final long RAMP_UP = 5;
    private static final long DURATION = 60;

    private final Screen screen;
    private final InputStream in;

    @Parameters(arity = "0..1", paramLabel = "DIR", description = "The folder; this one otherwise.")
    private String folder = ".";

    @Option(names = "--jmx", paramLabel = "FILE", description = "A JMeter plan in that folder, to run as it is.")
    private @Nullable Path jmx;

    @Option(names = "--target", paramLabel = "URL", description = "Base URL of what is to be loaded.")
    private @Nullable String target;

    @Option(names = "--yes", description = "Ask nothing.")
    private boolean yes;

    @Option(names = "--force", description = "Replace a loadstar.json that is there.")
    private boolean force;

    InitCommand(Screen screen, InputStream in) {
        this.screen = screen;
        this.in = in;
    }

    @Override
    public Integer call() throws Exception {
        var file = Path.of(folder).resolve(Source.DEFINITION).normalize();
        if (Files.exists(file) && !force) {
            throw new CliError(
                    CliError.REFUSED,
                    file + " is there already",
                    "./loadstar validate " + folder + " checks it; --force replaces it.");
        }
        var draft = draft();
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, draft.json());
        screen.fact("wrote    %s: %s for %s at %s"
                .formatted(file, Figures.plural(draft.users(), "user"), draft.duration(), draft.target()));
        screen.fact(
                "Next: ./loadstar plan %s shows it in numbers, ./loadstar run %s runs it.".formatted(folder, folder));
        return 0;
    }

    private Draft draft() throws IOException {
        String script = jmx == null ? null : script(jmx);
        var outline = jmx == null ? new JmxOutline(USERS, RAMP_UP, DURATION, List.of()) : outline(jmx);
        var ask = yes || !screen.look().input() ? Questions.toNobody(screen) : Questions.to(screen, in);
        String name = ask.ask("name", Draft.name(realName(folder)), InitCommand::name);
        var base = ask.ask("base URL", target == null ? target(outline) : target, InitCommand::url);
        int users =
                ask.ask("users", Integer.toString(outline.users() == 0 ? USERS : outline.users()), InitCommand::users);
        String duration = ask.ask(
                "duration", seconds(outline.duration() == 0 ? DURATION : outline.duration()), InitCommand::time);
        var others = outline.targets().stream()
                .map(URI::getHost)
                .distinct()
                .filter(host -> !host.equals(base.getHost()))
                .toList();
        return new Draft(name, base, others, script, users, seconds(outline.rampUp()), duration);
    }

    private String target(JmxOutline outline) {
        return outline.targets().isEmpty()
                ? DEMO_TARGET
                : outline.targets().getFirst().toString();
    }

    /** The plan's place as the definition names it. */
    private String script(Path plan) throws IOException {
        if (!Files.isRegularFile(plan)) {
            throw new CliError(CliError.REFUSED, "there is no file " + plan, "Name a JMeter plan in " + folder + ".");
        }
        var root = Path.of(folder).toAbsolutePath().normalize();
        var place = plan.toAbsolutePath().normalize();
        if (!place.startsWith(root)) {
            throw new CliError(
                    CliError.REFUSED,
                    plan + " is not in the folder " + folder,
                    "A test is a folder with everything in it: copy the plan there.");
        }
        return root.relativize(place).toString().replace('\\', '/');
    }

    private static JmxOutline outline(Path plan) {
        try {
            return JmxOutline.read(plan);
        } catch (IOException e) {
            throw new CliError(
                    CliError.REFUSED, plan + " cannot be read: " + Unreachable.words(e), "Does JMeter open it?");
        }
    }

    private static String realName(String folder) {
        var name = Path.of(folder).toAbsolutePath().normalize().getFileName();
        return name == null ? "test" : name.toString();
    }

    private static String name(String text) {
        if (Draft.isName(text)) {
            return text;
        }
        throw new CliError(
                CliError.REFUSED,
                "'" + text + "' is not a name",
                "It has letters, digits, dots, dashes and underscores, such as checkout-nightly.");
    }

    private static URI url(String text) {
        return URI.create(SourceChoice.checked(text));
    }

    private static int users(String text) {
        if (text.matches("\\d{1,8}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= MOST_USERS) {
            return Integer.parseInt(text);
        }
        throw new CliError(CliError.REFUSED, "'" + text + "' is not a number of users", "It is 1 or more.");
    }

    private static String time(String text) {
        try {
            if (Units.duration(text).isPositive()) {
                return text;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new CliError(CliError.REFUSED, "'" + text + "' is not a time", "Such as 90s, 2m or 1h30m.");
    }

    private static String seconds(long seconds) {
        return Units.text(Duration.ofSeconds(seconds));
    }
}
