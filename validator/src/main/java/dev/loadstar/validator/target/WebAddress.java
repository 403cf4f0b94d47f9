package dev.loadstar.validator.target;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code http} and {@code https} addresses as clients do, who connect to hosts that {@link java.net.URI} takes for no host. */
public final class WebAddress {

    private static final Pattern ADDRESS = Pattern.compile(
            "https?://(?:[^/?#\\\\\\s]*@)?" + "(\\[[0-9A-Fa-f:.]+]|[\\p{Alnum}._-]+)(?::(\\d{1,5}))?(?:[/?#]\\S*)?");

    private WebAddress() {}

    /** The host in lower case; empty if the text is no such address. */
    public static Optional<String> host(String url) {
        Matcher parts = ADDRESS.matcher(url);
        if (!parts.matches()) {
            return Optional.empty();
        }
        boolean reachable = parts.group(2) == null || Integer.parseInt(parts.group(2)) <= 65_535;
        return reachable ? Optional.of(String.valueOf(parts.group(1)).toLowerCase(Locale.ROOT)) : Optional.empty();
    }

    /** Whether it has a part {@code user:password@}. */
    public static boolean hasCredentials(String url) {
        return url.matches("https?://[^/?#\\\\\\s]*@.*");
    }
}
