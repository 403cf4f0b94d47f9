package dev.loadstar.cli;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a command hands in. */
final class SourceChoice {

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR|FILE",
            description = "A folder with a loadstar.json, or a definition file whose folder is uploaded.")
    private @Nullable String place;

    @Option(names = "--git", paramLabel = "URL", description = "A git repository instead.")
    private @Nullable String git;

    @Option(names = "--ref", paramLabel = "REF", description = "Branch, tag or commit; the default branch otherwise.")
    private @Nullable String ref;

    @Option(names = "--path", paramLabel = "PATH", description = "The definition in it; loadstar.json otherwise.")
    private @Nullable String path;

    @Option(names = "--target", paramLabel = "URL", description = "Load this base URL instead of the definition's.")
    private @Nullable String target;

    @Option(names = "--var", paramLabel = "K=V", description = "A variable's value for this run; may be repeated.")
    private List<String> variables = new ArrayList<>();

    @Option(
            names = "--label",
            paramLabel = "K=V",
            description = "A label of this run, such as build=417; may be repeated.")
    private List<String> labels = new ArrayList<>();

    @Mixin
    private final ProjectChoice project = new ProjectChoice();

    Submission submission() {
        return new Submission(
                project.name(),
                source(),
                Pairs.of(labels, "--label", "build=417"),
                target == null ? null : checked(target),
                Pairs.of(variables, "--var", "CURRENCY=EUR"));
    }

    private Source source() {
        if ((git == null) == (place == null)) {
            throw new CliError(
                    CliError.REFUSED,
                    git == null ? "nothing to hand in is named" : "a folder and --git are named; it can be only one",
                    "Name a folder, a definition file, or --git URL.");
        }
        if (git != null) {
            return new Source.Git(git, ref, path == null ? Source.DEFINITION : path);
        }
        if (ref != null) {
            throw new CliError(CliError.REFUSED, "--ref goes with --git only", "A folder is handed in as it is.");
        }
        return Source.of(String.valueOf(place), path);
    }

    /** A base URL; whether it may be loaded is for the server to say. */
    static String checked(String url) {
        try {
            var uri = URI.create(url);
            if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new CliError(
                CliError.REFUSED,
                "'" + url + "' is not the base URL of a target",
                "It begins with http:// or https://, such as https://shop.staging.example.org.");
    }
}
