package dev.loadstar.executor.record;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import dev.loadstar.contract.wire.FailedSample;
import dev.loadstar.executor.secret.SecretMask;
import dev.loadstar.executor.tool.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * One side of a failed exchange as people may see it: short, without credentials, and a body only if it is text.
 *
 * @param hide takes out of a text what nobody may see
 */
record ShownSide(UnaryOperator<String> hide) {

    static final int MOST_BYTES = 4096;

    /** So that what is hidden is whole when it is looked for. */
    private static final int LOOKED_AT = 4 * MOST_BYTES;

    /** The value goes on in lines that begin with a blank. */
    private static final Pattern CREDENTIALS =
            Pattern.compile("(?im)^((?:proxy-)?authorization|(?:set-)?cookie2?)[ \\t]*:.*(?:\\R[ \\t].*)*");

    private static final Pattern USER_INFO = Pattern.compile("://[^/\\s@]+@");

    private static final Pattern CHARSET = Pattern.compile("(?i)charset\\s*=\\s*\"?([^\\s;\"]+)");

    FailedSample.Side of(Exchange.Side side) {
        var shown = FailedSample.Side.newBuilder()
                .setHead(shortened(hide.apply(masked(side.head()))))
                .setBytes(Math.max(side.bytes(), side.body().length))
                .setType(side.type().length() > 200 ? side.type().substring(0, 200) : side.type());
        String text = decode(side.body(), LOOKED_AT, charset(side.type()));
        if (text != null && text.chars().noneMatch(ShownSide::isNoText)) {
            shown.setText(shortened(hide.apply(text)))
                    .setCut(side.body().length > MOST_BYTES || side.bytes() > side.body().length);
        }
        return shown.build();
    }

    private static String masked(String head) {
        String named = CREDENTIALS.matcher(head).replaceAll("$1: " + SecretMask.HIDDEN);
        return USER_INFO.matcher(named).replaceAll("://" + SecretMask.HIDDEN + "@");
    }

    private static String shortened(String text) {
        String beginning = decode(text.getBytes(StandardCharsets.UTF_8), MOST_BYTES, StandardCharsets.UTF_8);
        return beginning == null ? "" : beginning;
    }

    private static boolean isNoText(int character) {
        return character < ' ' && "\t\n\f\r\u001b".indexOf(character) < 0;
    }

    /** The beginning, without a character that is not whole; null where it is not of that charset. */
    private static @Nullable String decode(byte[] bytes, int most, Charset charset) {
        boolean whole = bytes.length <= most;
        var from = ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, most));
        var to = CharBuffer.allocate(from.remaining());
        var result = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(from, to, whole);
        return result.isError() ? null : to.flip().toString();
    }

    private static Charset charset(String type) {
        var named = CHARSET.matcher(type);
        try {
            return named.find() ? Charset.forName(named.group(1)) : StandardCharsets.UTF_8;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return StandardCharsets.UTF_8;
        }
    }
}
