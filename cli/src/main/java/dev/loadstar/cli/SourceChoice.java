package dev.loadstar.cli;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
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

    @Option(
            names = "--label",
            paramLabel = "K=V",
            description = "A label of this run, such as build=417; may be repeated.")
    private Map<String, String> labels = new LinkedHashMap<>();

    @Option(names = "--project", paramLabel = "NAME", description = "The project; \"default\" otherwise.")
    private String project = RunRef.DEFAULT_PROJECT;

    Source source() {
        if ((git == null) == (place == null)) {
            throw new CliError(
                    CliError.REFUSED,
                    git == null ? "nothing to hand in is named" : "a folder and --git are named; it can be only one",
                    "./loadstar run DIR, ./loadstar run FILE, or ./loadstar run --git URL.");
        }
        if (git != null) {
            return new Source.Git(git, ref, path == null ? Source.DEFINITION : path);
        }
        if (ref != null) {
            throw new CliError(CliError.REFUSED, "--ref goes with --git only");
        }
        return Source.of(String.valueOf(place), path);
    }

    Map<String, String> labels() {
        return labels;
    }

    String project() {
        return project;
    }
}
