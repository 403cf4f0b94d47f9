package dev.loadstar.cli;

import java.util.regex.Pattern;

import dev.loadstar.contract.run.RunDocument;

/** How people name a run: {@code 42}, {@code #42} or {@code payments/42}. */
record RunRef(String project, int number) {

    static final String DEFAULT_PROJECT = "default";

    private static final String PROJECT = "[a-z0-9][a-z0-9-]*";

    private static final Pattern FORM = Pattern.compile("(?:(" + PROJECT + ")/)?#?([1-9]\\d{0,8})");

    static RunRef parse(String text) {
        var match = FORM.matcher(text);
        if (!match.matches()) {
            throw new CliError(
                    CliError.REFUSED,
                    "'" + text + "' is not a run",
                    "A run is its number, such as 42, or project/number, such as payments/42.");
        }
        return new RunRef(match.group(1) == null ? DEFAULT_PROJECT : match.group(1), Integer.parseInt(match.group(2)));
    }

    static boolean isProject(String text) {
        return text.matches(PROJECT);
    }

    static RunRef of(RunDocument run) {
        return new RunRef(run.project(), run.number());
    }

    /** As one types it. */
    @Override
    public String toString() {
        return project.equals(DEFAULT_PROJECT) ? Integer.toString(number) : project + "/" + number;
    }
}
