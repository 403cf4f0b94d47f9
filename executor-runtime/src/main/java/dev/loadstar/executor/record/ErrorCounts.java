package dev.loadstar.executor.record;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.loadstar.contract.wire.ErrorPoint;

/**
 * Errors of one series and second by kind and message. At most {@value #TOP} leave the executor; what is over adds to an
 * entry of its kind if one is among them, else to kind {@value #OTHER}, so that the counts always add up.
 */
final class ErrorCounts {

    static final int TOP = 20;
    static final String OTHER = "other";
    static final int MAX_MESSAGE = 500;

    /** Messages with an id in them are all different; beyond this many they are counted under their kind alone. */
    private static final int MAX_DISTINCT = 200;

    private final Map<Key, Entry> entries = new LinkedHashMap<>();

    void add(String kind, String message, long millis) {
        var key = new Key(kind, cut(message));
        if (entries.size() >= MAX_DISTINCT && !entries.containsKey(key)) {
            key = new Key(entries.size() < 2 * MAX_DISTINCT ? kind : OTHER, "(other messages)");
        }
        entries.computeIfAbsent(key, k -> new Entry(k, millis)).count++;
    }

    static String cut(String message) {
        return message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE) : message;
    }

    List<ErrorPoint> top() {
        var byCount = new ArrayList<>(entries.values());
        byCount.sort(Comparator.comparingLong((Entry entry) -> -entry.count));
        if (byCount.size() <= TOP) {
            return byCount.stream().map(Entry::toPoint).toList();
        }
        var kept = new ArrayList<>(
                byCount.subList(0, TOP - 1).stream().map(Entry::copy).toList());
        var rest = new Entry(new Key(OTHER, "(other errors)"), Long.MAX_VALUE);
        for (Entry entry : byCount.subList(TOP - 1, byCount.size())) {
            kept.stream()
                    .filter(other -> other.key.kind.equals(entry.key.kind))
                    .findFirst()
                    .orElse(rest)
                    .absorb(entry);
        }
        if (rest.count > 0) {
            kept.add(rest);
        }
        return kept.stream().map(Entry::toPoint).toList();
    }

    private record Key(String kind, String message) {}

    private static final class Entry {

        private final Key key;
        private long firstMillis;
        private long count;

        Entry(Key key, long firstMillis) {
            this.key = key;
            this.firstMillis = firstMillis;
        }

        Entry copy() {
            var copy = new Entry(key, firstMillis);
            copy.count = count;
            return copy;
        }

        void absorb(Entry other) {
            count += other.count;
            firstMillis = Math.min(firstMillis, other.firstMillis);
        }

        ErrorPoint toPoint() {
            return ErrorPoint.newBuilder()
                    .setKind(key.kind)
                    .setMessage(key.message)
                    .setCount(count)
                    .setFirstMillis(firstMillis)
                    .build();
        }
    }
}
