package dev.loadstar.executor.secret;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Puts {@value #HIDDEN} in the place of secret values in any text, also of their usual encodings. */
public final class SecretMask {

    public static final String HIDDEN = "***";

    /** Hides nothing. */
    public static final SecretMask NONE = new SecretMask(List.of());

    /** Longest first, so that a value inside of a longer one does not leave the rest of it readable. */
    private final List<String> forms;

    private SecretMask(List<String> forms) {
        this.forms = forms;
    }

    public static SecretMask of(Collection<String> values) {
        List<String> forms = values.stream()
                .flatMap(SecretForms::of)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        return forms.isEmpty() ? NONE : new SecretMask(forms);
    }

    public String mask(String text) {
        String masked = text;
        for (String form : forms) {
            masked = masked.replace(form, HIDDEN);
        }
        return masked;
    }
}
