package dev.loadstar.cli;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.ErrorKind;
import dev.loadstar.contract.problem.Problem;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** An error as the server tells it (RFC 9457), turned into words for the terminal. */
record ProblemDocument(
        @Nullable String title,
        @Nullable String detail,
        @Nullable String code,
        @Nullable String kind,
        @Nullable List<Problem> problems) {

    /** Problems of an input, all at once. */
    static final class Refused extends RuntimeException {
        private final transient List<Problem> problems;

        Refused(List<Problem> problems) {
            super("refused");
            this.problems = List.copyOf(problems);
        }

        List<Problem> problems() {
            return problems;
        }
    }

    /** What to throw for an answer that is none of the good ones. */
    static RuntimeException error(int status, String body, URI server) {
        ProblemDocument document = parse(body);
        if (document == null) {
            return new CliError(
                    CliError.BROKEN,
                    "the server answered with status " + status,
                    server + " may not be a Loadstar server, or a proxy stands before it.");
        }
        if (status == 422 && document.problems() != null && !document.problems().isEmpty()) {
            return new Refused(document.problems());
        }
        boolean users = ErrorKind.USER.name().equalsIgnoreCase(String.valueOf(document.kind()));
        return new CliError(
                users ? CliError.REFUSED : CliError.BROKEN, document.headline(status), document.lines(server));
    }

    private static @Nullable ProblemDocument parse(String body) {
        try {
            var document = Json.read(body, ProblemDocument.class);
            return document == null || (document.title() == null && document.code() == null) ? null : document;
        } catch (JacksonException e) {
            return null;
        }
    }

    private String headline(int status) {
        return title == null ? "the server answered with status " + status : title;
    }

    private String[] lines(URI server) {
        var lines = new ArrayList<String>();
        if (detail != null && !detail.equals(title)) {
            lines.add(detail);
        }
        if (problems != null) {
            problems.stream()
                    .map(problem -> RefusedText.line(problem, 0))
                    .filter(line -> !lines.contains(line))
                    .forEach(lines::add);
        }
        String advice = advice(server);
        if (advice != null) {
            lines.add(advice);
        }
        return lines.toArray(String[]::new);
    }

    private @Nullable String advice(URI server) {
        if (is(ErrorCode.NOT_FOUND) && detail != null && detail.startsWith("No static resource")) {
            return server + " is older than this command line and does not know this command: update it.";
        }
        if (is(ErrorCode.NOT_PERMITTED)) {
            return "Ask the administrator of " + server + ", or use another token in LOADSTAR_TOKEN.";
        }
        if (is(ErrorCode.NOT_SIGNED_IN)) {
            return "Set LOADSTAR_TOKEN to a token of " + server
                    + "; on the server's own machine its data directory has one (LOADSTAR_DATA names it).";
        }
        if (is(ErrorCode.GIT_NOT_ALLOWED)) {
            return "A server of your own reads local repositories when started with ./loadstar up --allow-local-git.";
        }
        return null;
    }

    private boolean is(ErrorCode error) {
        return error.slug().equals(code);
    }
}
