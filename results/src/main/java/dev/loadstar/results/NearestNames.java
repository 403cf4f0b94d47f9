package dev.loadstar.results;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds what was probably meant by a name that does not exist. */
final class NearestNames {

    private static final int MOST = 3;

    private final List<String> names;

    NearestNames(List<String> names) {
        this.names = names;
    }

    /** At most three, the nearest first. */
    List<String> to(String asked) {
        return names.stream()
                .sorted(Comparator.comparingInt((String name) -> distance(asked, name))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST)
                .toList();
    }

    /** Levenshtein's, without regard to upper and lower case. */
    static int distance(String one, String other) {
        String from = one.toLowerCase(Locale.ROOT);
        String to = other.toLowerCase(Locale.ROOT);
        int[] costs = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            costs[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = costs[0];
            costs[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = costs[j];
                costs[j] = Math.min(replaced, Math.min(costs[j], costs[j - 1]) + 1);
            }
        }
        return costs[to.length()];
    }
}
