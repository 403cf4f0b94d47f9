package dev.loadstar.executor.jmeter;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** JMeter's functions that read a file which their first argument names. */
final class FileFunctions {

    private static final Pattern CALL = Pattern.compile(
            "(\\$\\{_{1,2}(?:FileToString|StringFromFile|CSVRead|XPath)\\(\\s*)((?:\\\\,|[^,)$*])+)(?=[,)])");

    private FileFunctions() {}

    /** Paths that the text's calls name outright; those made of variables are only known in a run. */
    static List<String> paths(String text) {
        return !text.contains("(")
                ? List.of()
                : CALL.matcher(text).results().map(FileFunctions::path).toList();
    }

    /** The same text with other paths in its calls. */
    static String rewrite(String text, UnaryOperator<String> path) {
        return CALL.matcher(text)
                .replaceAll(call -> Matcher.quoteReplacement(
                        call.group(1) + path.apply(path(call)).replace(",", "\\,")));
    }

    private static String path(MatchResult call) {
        return call.group(2).strip().replace("\\,", ",");
    }
}
