package dev.loadstar.contract.template;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.loadstar.contract.template.Reference.Kind;

/**
 * A text with references: {@code ${env.NAME}}, {@code ${secret.NAME}}, {@code ${data.NAME.column}} and {@code ${var.NAME}}.
 * A doubled dollar sign before the brace stands for these two signs themselves. A value that is put in is never looked at
 * for references again.
 */
public record Template(List<Part> parts) {

    private static final String BEGIN = "${";
    private static final String ESCAPED = "$${";

    public Template {
        parts = List.copyOf(parts);
    }

    /** @param literal empty where the part is a reference */
    public record Part(String literal, Optional<Reference> reference) {}

    /** @throws IllegalArgumentException with a sentence if a reference is not closed or of no known kind */
    public static Template of(String text) {
        var parts = new ArrayList<Part>();
        var literal = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            if (text.startsWith(ESCAPED, at)) {
                literal.append(BEGIN);
                at += ESCAPED.length();
            } else if (text.startsWith(BEGIN, at)) {
                int end = text.indexOf('}', at);
                if (end < 0) {
                    throw new IllegalArgumentException("`%s` is not closed".formatted(text.substring(at)));
                }
                add(parts, literal);
                parts.add(new Part("", Optional.of(reference(text.substring(at + BEGIN.length(), end)))));
                at = end + 1;
            } else {
                literal.append(text.charAt(at++));
            }
        }
        add(parts, literal);
        return new Template(parts);
    }

    /** A text that stands for itself, written so that it holds no reference. */
    public static String escape(String literal) {
        return literal.replace(BEGIN, ESCAPED);
    }

    public List<Reference> references() {
        return parts.stream().flatMap(part -> part.reference().stream()).toList();
    }

    /** Whether it is one reference and nothing else. */
    public boolean isReference() {
        return parts.size() == 1 && parts.getFirst().reference().isPresent();
    }

    /** The text with values put in. */
    public String render(Function<Reference, String> values, Encoding encoding) {
        var text = new StringBuilder();
        for (Part part : parts) {
            text.append(part.reference()
                    .map(reference -> encoding.encode(values.apply(reference)))
                    .orElse(part.literal()));
        }
        return text.toString();
    }

    /** Each literal changed, written as a template again. */
    public String rewrite(Function<String, String> literals) {
        return parts.stream()
                .map(part -> part.reference()
                        .map(Reference::toString)
                        .orElseGet(() -> escape(literals.apply(part.literal()))))
                .collect(Collectors.joining());
    }

    private static void add(List<Part> parts, StringBuilder literal) {
        if (!literal.isEmpty()) {
            parts.add(new Part(literal.toString(), Optional.empty()));
            literal.setLength(0);
        }
    }

    private static Reference reference(String inside) {
        String[] words = inside.split("\\.", 3);
        Optional<Kind> kind = Arrays.stream(Kind.values())
                .filter(one -> one.word().equals(words[0]))
                .findFirst();
        int needed = kind.filter(Kind.DATA::equals).isPresent() ? 3 : 2;
        boolean complete = words.length >= needed && Arrays.stream(words).noneMatch(String::isBlank);
        if (kind.isEmpty() || !complete) {
            throw new IllegalArgumentException("`${%s}` is no reference".formatted(inside));
        }
        return needed == 3
                ? new Reference(Kind.DATA, words[1], words[2])
                : new Reference(kind.get(), inside.substring(words[0].length() + 1), "");
    }
}
