package dev.loadstar.executor.gatling.build;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.Problem;

/**
 * What Maven wrote when a build failed.
 *
 * @param workspace the folder that files are named in
 */
record MavenLog(Path workspace, List<String> lines) {

    /** Of javac {@code X.java:[12,8] text}, of scalac {@code [Error] X.scala:12: text}, of kotlinc {@code X.kt:12:8 text} or {@code X.kt: (12, 8) text}. */
    private static final Pattern COMPILER = Pattern.compile(
            "\\[ERROR]\\s+(?:\\[Error]\\s+)?(?:file:(?://)?)?(/.+?\\.(?:java|scala|kt)):\\s*[\\[(]?(\\d+)(?:\\s*[,:]\\s*\\d+)?[\\])]?:?\\s*(.*)",
            Pattern.CASE_INSENSITIVE);

    private static final String ERROR = "[ERROR]";
    private static final int HINT_LINES = 15;
    private static final int MOST_ERRORS = 5;
    private static final List<String> NOT_THERE =
            List.of("Could not find artifact", "was not found in", "could not be resolved: ");
    private static final List<String> NO_ANSWER = List.of(
            "Could not transfer artifact", "Connection refused", "Connect timed out", "Unknown host", "Network is");

    /** The compiler's errors, or else the first thing that Maven says is wrong. */
    List<Problem> problems() {
        List<Problem> compiler = lines.stream()
                .flatMap(line -> compiler(line).stream())
                .distinct()
                .toList();
        return compiler.isEmpty() ? List.of(first()) : compiler;
    }

    private Optional<Problem> compiler(String line) {
        Matcher matcher = COMPILER.matcher(line);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String text = matcher.group(3).strip();
        return Optional.of(
                BuildProblems.compiler("%s, line %s: %s".formatted(name(matcher.group(1)), matcher.group(2), text)));
    }

    private String name(String place) {
        Path file = Path.of(URI.create("file://" + place.replace(" ", "%20")).getPath());
        return file.startsWith(workspace) ? workspace.relativize(file).toString() : file.toString();
    }

    private Problem first() {
        String said = errors();
        String hint = "It wrote:\n"
                + lines.stream().skip(Math.max(0, lines.size() - HINT_LINES)).collect(Collectors.joining("\n"));
        return Problem.at(BuildProblems.FILE, code(said), "Maven cannot build it: " + plain(said), plain(hint));
    }

    /** What it says before it begins to explain how to find out more. */
    private String errors() {
        String said = lines.stream()
                .filter(line -> line.startsWith(ERROR))
                .map(line -> line.substring(ERROR.length())
                        .replaceFirst("-> \\[Help \\d+]$", "")
                        .strip())
                .takeWhile(line -> !line.isEmpty())
                .limit(MOST_ERRORS)
                .collect(Collectors.joining("; "));
        return said.isEmpty() ? "it ended without a word" : said;
    }

    private static ErrorCode code(String said) {
        if (NO_ANSWER.stream().anyMatch(said::contains)) {
            return ErrorCode.ARTIFACT_UNREACHABLE;
        }
        return NOT_THERE.stream().anyMatch(said::contains) ? ErrorCode.ARTIFACT_UNKNOWN : ErrorCode.SCRIPT_INVALID;
    }

    private String plain(String text) {
        return text.replace(workspace + "/", "");
    }
}
