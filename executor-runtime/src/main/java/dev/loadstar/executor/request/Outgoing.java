package dev.loadstar.executor.request;

import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** A request as it is sent, every value put in. */
public record Outgoing(
        String method,
        URL url,
        List<Header> headers,
        @Nullable Body body) {

    public record Header(String name, String value) {}

    /** What it carries. */
    public sealed interface Body {

        /** What a failing sample shows of it. */
        String shown();
    }

    /** A text in UTF-8. */
    public record TextBody(String shown) implements Body {

        public byte[] bytes() {
            return shown.getBytes(StandardCharsets.UTF_8);
        }
    }

    /** The bytes of a file. */
    public record FileBody(Path file) implements Body {

        @Override
        public String shown() {
            return "(bytes of %s)".formatted(file.getFileName());
        }
    }
}
