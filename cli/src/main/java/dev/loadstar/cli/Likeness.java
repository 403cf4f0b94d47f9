package dev.loadstar.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What somebody may have meant who made a typing error; exchanged letters, the most frequent one, count as one. */
final class Likeness {

    private Likeness() {}

    /** The one of these that takes the fewest strokes to get to, if they are few. */
    static Optional<String> nearest(String given, Collection<String> known) {
        return known.stream()
                .filter(name -> strokes(given, name) <= Math.max(1, Math.min(given.length(), name.length()) / 3))
                .min(Comparator.comparingInt(name -> strokes(given, name)));
    }

    private static int strokes(String from, String to) {
        var strokes = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                strokes[i][j] = i == 0 || j == 0 ? i + j : cheapest(strokes, from.substring(0, i), to.substring(0, j));
            }
        }
        return strokes[from.length()][to.length()];
    }

    /** The way to the ends of both, when the ways to everything before are known. */
    private static int cheapest(int[][] strokes, String from, String to) {
        int i = from.length();
        int j = to.length();
        int changed = strokes[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        int best = Math.min(changed, Math.min(strokes[i - 1][j], strokes[i][j - 1]) + 1);
        boolean exchanged =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return exchanged ? Math.min(best, strokes[i - 2][j - 2] + 1) : best;
    }
}
