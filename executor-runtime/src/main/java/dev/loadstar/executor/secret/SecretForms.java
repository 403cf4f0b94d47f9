package dev.loadstar.executor.secret;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.loadstar.contract.template.Encoding;

/** How a value can be written: plainly, in an address, in JSON, in HTML, in Base64 alone or inside of something longer. */
final class SecretForms {

    private static final Pattern ESCAPE = Pattern.compile("%[0-9A-F]{2}");
    private static final Pattern NOT_ASCII = Pattern.compile("[^\\x00-\\x7f]");

    /** Shorter pieces of an encoding would hide what has nothing to do with the value. */
    private static final int SHORTEST_PIECE = 6;

    private SecretForms() {}

    static Stream<String> of(String value) {
        // A log shows a value of several lines line by line.
        Stream<String> lines = value.lines().map(String::strip).filter(line -> line.length() >= SHORTEST_PIECE);
        return Stream.concat(Stream.of(value), lines)
                .distinct()
                .filter(one -> !one.isBlank())
                .flatMap(one -> Stream.of(Stream.of(one), inAddress(one), inText(one), inBase64(one))
                        .flatMap(forms -> forms));
    }

    private static Stream<String> inAddress(String value) {
        String form = URLEncoder.encode(value, StandardCharsets.UTF_8);
        String path = form.replace("+", "%20").replace("*", "%2A");
        return Stream.of(form, path, path.replace("%7E", "~"))
                .flatMap(one -> Stream.of(
                        one, ESCAPE.matcher(one).replaceAll(hex -> hex.group().toLowerCase(Locale.ROOT))));
    }

    private static Stream<String> inText(String value) {
        String plain = Encoding.JSON.encode(value);
        String ascii = NOT_ASCII
                .matcher(plain)
                .replaceAll(sign -> "\\\\u%04x".formatted((int) sign.group().charAt(0)));
        String html = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return Stream.of(plain, plain.replace("/", "\\/"), ascii, html, html.replace("\"", "&quot;"));
    }

    /** The characters that depend on the value alone, whatever stands before and after it: {@code user:value} too. */
    private static Stream<String> inBase64(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return Stream.of(0, 1, 2)
                .map(before -> {
                    byte[] shifted = new byte[before + bytes.length];
                    System.arraycopy(bytes, 0, shifted, before, bytes.length);
                    byte[] whole = Arrays.copyOf(shifted, shifted.length + 2);
                    int begin = (before * 8 + 5) / 6;
                    int end = shifted.length * 8 / 6;
                    return Base64.getEncoder().encodeToString(whole).substring(begin, Math.max(begin, end));
                })
                .filter(piece -> piece.length() >= SHORTEST_PIECE)
                .flatMap(piece -> Stream.of(piece, piece.replace('+', '-').replace('/', '_')));
    }
}
