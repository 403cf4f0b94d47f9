package dev.loadstar.contract.template;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import dev.loadstar.contract.json.Json;

/** How a value is written where it is put in, so that it stays one value there. */
public enum Encoding {
    NONE {
        @Override
        public String encode(String value) {
            return value;
        }
    },
    /** Inside of a JSON string. */
    JSON {
        @Override
        public String encode(String value) {
            String quoted = Json.write(value);
            return quoted.substring(1, quoted.length() - 1);
        }
    },
    /** In a path, a query or a form: everything but letters, digits and {@code -._~} is escaped as UTF-8. */
    URL {
        @Override
        public String encode(String value) {
            return percent(value, UNRESERVED);
        }
    },
    /** In a header, which is one line. */
    HEADER {
        @Override
        public String encode(String value) {
            return value.replace('\r', ' ').replace('\n', ' ').replace('\0', ' ');
        }
    };

    private static final String UNRESERVED = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";

    public abstract String encode(String value);

    /** Everything but the characters that are kept is escaped as UTF-8, {@code %C3%A9}. */
    public static String percent(String value, String kept) {
        var encoded = new StringBuilder(value.length() + 16);
        for (byte one : value.getBytes(StandardCharsets.UTF_8)) {
            if (kept.indexOf(one) >= 0) {
                encoded.append((char) one);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(one));
            }
        }
        return encoded.toString();
    }
}
