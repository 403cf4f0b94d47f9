package dev.loadstar.validator.definition;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What somebody may have meant: words from other tools, other spellings, and slips of the finger. */
public final class Suggestion {

    /** Words of other tools' formats → ours. */
    private static final Map<String, String> ELSEWHERE = Map.ofEntries(
            Map.entry("holdfor", "duration"),
            Map.entry("hold", "duration"),
            Map.entry("concurrency", "users"),
            Map.entry("vus", "users"),
            Map.entry("threads", "users"),
            Map.entry("target", "users"),
            Map.entry("throughput", "rate"),
            Map.entry("rps", "rate"),
            Map.entry("rampuptime", "rampUp"),
            Map.entry("rampuptimes", "rampUp"),
            Map.entry("url", "baseUrl"),
            Map.entry("hosts", "allowHosts"),
            Map.entry("thresholds", "assertions"),
            Map.entry("criteria", "assertions"),
            Map.entry("passfail", "assertions"),
            Map.entry("env", "variables"),
            Map.entry("jmx", "file"),
            Map.entry("execution", "load"),
            Map.entry("workers", "count"),
            Map.entry("instances", "count"));

    private Suggestion() {}

    /** The known word that is nearest to {@code word}, where one is near. */
    public static Optional<String> nearest(String word, Collection<String> known) {
        String plain = plain(word);
        int reach = Math.min(plain.length() - 1, Math.max(1, plain.length() / 3));
        return known.stream()
                .filter(candidate -> distance(plain, plain(candidate)) <= reach)
                .min(Comparator.<String>comparingInt(candidate -> distance(plain, plain(candidate)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Our key for a key of another tool's format. */
    static Optional<String> translated(String key) {
        return Optional.ofNullable(ELSEWHERE.get(plain(key)));
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }

    /** Edits of one letter, an exchange of neighbours being one. */
    private static int distance(String a, String b) {
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : cheapest(edits, a, b, i, j);
            }
        }
        return edits[a.length()][b.length()];
    }

    private static int cheapest(int[][] edits, String a, String b, int i, int j) {
        int change = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(change, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        boolean exchanged = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return exchanged ? Math.min(best, edits[i - 2][j - 2] + 1) : best;
    }
}
