package dev.loadstar.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads server-sent events off a stream, one at a time. */
final class EventStream implements AutoCloseable {

    private final BufferedReader lines;

    EventStream(InputStream in) {
        lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    record Event(String name, String data) {}

    /** The next event, or empty at the end of the stream. Comments and other fields are skipped. */
    Optional<Event> next() throws IOException {
        String name = "message";
        var data = new StringBuilder();
        String line;
        while ((line = lines.readLine()) != null) {
            if (line.isEmpty() && !data.isEmpty()) {
                return Optional.of(new Event(name, data.toString()));
            }
            if (line.startsWith("event:")) {
                name = line.substring("event:".length()).strip();
            } else if (line.startsWith("data:")) {
                data.append(data.isEmpty() ? "" : "\n")
                        .append(line.substring("data:".length()).strip());
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
