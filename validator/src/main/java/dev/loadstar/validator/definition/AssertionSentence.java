package dev.loadstar.validator.definition;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * An assertion as a sentence: {@code p99 of 'add to cart' <= 800ms in hold}, {@code p95 ttfb < 100ms}. A quote inside a
 * quoted name is doubled.
 *
 * @param stat of a subject that is a metric; null where none is written
 * @param subject a latency statistic such as {@code p95} or {@code avg}, or a metric such as {@code errors}
 */
record AssertionSentence(
        @Nullable String stat,
        String subject,
        @Nullable String request,
        String op,
        String value,
        @Nullable String stage) {

    private static final String NAME = "'(?:[^']|'')+'|[^\\s'<>=]+";
    private static final String STAT = "avg|min|max|stddev|last|ratio|count|rate|p(?:100|\\d{1,2}(?:\\.\\d{1,3})?)";
    private static final Pattern SENTENCE = Pattern.compile("\\s*(?:(?<stat>" + STAT + ")\\s+(?!of\\s))?"
            + "(?<subject>[A-Za-z][\\w.-]*)"
            + "(?:\\s+of\\s+(?<request>" + NAME + "))?"
            + "\\s*(?<op><=|>=|<|>)\\s*(?<value>[^\\s'<>=]+)"
            + "(?:\\s+in\\s+(?<stage>" + NAME + "))?\\s*");

    static Optional<AssertionSentence> read(String text) {
        Matcher parts = SENTENCE.matcher(text);
        return parts.matches()
                ? Optional.of(new AssertionSentence(
                        parts.group("stat"),
                        String.valueOf(parts.group("subject")),
                        unquoted(parts.group("request")),
                        String.valueOf(parts.group("op")),
                        String.valueOf(parts.group("value")),
                        unquoted(parts.group("stage"))))
                : Optional.empty();
    }

    /** The sentence in its usual spelling. */
    String text() {
        return (stat == null ? "" : stat + " ") + subject + (request == null ? "" : " of " + quoted(request)) + " " + op
                + " " + value + (stage == null ? "" : " in " + (stage.contains(" ") ? quoted(stage) : stage));
    }

    private static String quoted(String name) {
        return "'" + name.replace("'", "''") + "'";
    }

    private static @Nullable String unquoted(@Nullable String name) {
        return name == null || !name.startsWith("'")
                ? name
                : name.substring(1, name.length() - 1).replace("''", "'");
    }
}
