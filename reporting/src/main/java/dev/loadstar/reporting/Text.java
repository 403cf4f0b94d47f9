package dev.loadstar.reporting;

/** Texts of other processes, made fit for a table. */
final class Text {

    private Text() {}

    /** Without the one character that PostgreSQL cannot keep, and cut to a length. */
    static String of(String text, int most) {
        String kept = text.indexOf('\0') < 0 ? text : text.replace("\0", "");
        return kept.length() <= most ? kept : kept.substring(0, kept.offsetByCodePoints(most - 1, -1)) + "…";
    }
}
