package dev.loadstar.cli.draft;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.loadstar.cli.draft.JmxReader.Element;

/** A plan's own variables, and the defaults that its property functions name. */
final class Variables {

    /** A variable, or {@code __P(name,default)}, or {@code __property(name,variable,default)}. */
    private static final Pattern REFERENCE =
            Pattern.compile("\\$\\{(?:__P\\([^,)]*,([^)]*)\\)|__property\\([^,)]*,[^,)]*,([^)]*)\\)|([^{}()]+))}");

    private static final int DEEPEST = 5;

    private final Map<String, String> values = new HashMap<>();

    void add(Element element) {
        values.putAll(element.arguments());
    }

    /** That property with everything known filled in; empty where it is not there. */
    String text(Element element, String property) {
        String text = element.property(property);
        for (int depth = 0; depth < DEEPEST && text.contains("${"); depth++) {
            text = REFERENCE.matcher(text).replaceAll(match -> Matcher.quoteReplacement(value(match)));
        }
        return text.strip();
    }

    /** That property as a whole number; 0 where it is none. */
    long number(Element element, String property) {
        String text = text(element, property);
        return text.matches("\\d{1,9}") ? Long.parseLong(text) : 0;
    }

    private String value(MatchResult match) {
        for (int group = 1; group <= 2; group++) {
            if (match.group(group) != null) {
                return match.group(group);
            }
        }
        return values.getOrDefault(match.group(3), match.group());
    }
}
