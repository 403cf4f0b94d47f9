package dev.loadstar.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/** Every arrival, counted for ever and kept one by one up to a limit, so that a demo that runs for days fits its heap. */
final class ArrivalLog implements AutoCloseable {

    private static final int KEPT = 500_000;

    private final ArrayDeque<Arrival> newest = new ArrayDeque<>();
    private final SortedMap<String, Long> counts = new TreeMap<>();
    private final @Nullable Writer file;

    /** @param file also gets every arrival as a line; null for none */
    ArrivalLog(@Nullable Path file) throws IOException {
        this.file = file == null ? null : Files.newBufferedWriter(file);
    }

    synchronized void add(Arrival arrival) {
        counts.merge(arrival.method() + " " + arrival.path(), 1L, Long::sum);
        if (newest.size() == KEPT) {
            newest.removeFirst();
        }
        newest.addLast(arrival);
        write(arrival);
    }

    /** Arrivals per {@code METHOD path}. */
    synchronized Map<String, Long> counts() {
        return Map.copyOf(counts);
    }

    /** The newest arrivals, oldest first. */
    synchronized List<Arrival> arrivals() {
        return List.copyOf(newest);
    }

    synchronized void flush() {
        try {
            if (file != null) {
                file.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the arrival log cannot be written", e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }

    private void write(Arrival arrival) {
        try {
            if (file != null) {
                file.write(arrival.line());
                file.write('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the arrival log cannot be written", e);
        }
    }
}
