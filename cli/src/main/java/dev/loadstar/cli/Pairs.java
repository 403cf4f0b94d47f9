package dev.loadstar.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values given as {@code K=V}, one per option. */
final class Pairs {

    private Pairs() {}

    /**
     * The pairs by their names.
     *
     * @param option that they were given with
     * @param example of one
     * @throws CliError if one has no name or no sign, or a name stands twice
     */
    static Map<String, String> of(List<String> texts, String option, String example) {
        var pairs = new LinkedHashMap<String, String>();
        for (String text : texts) {
            int sign = text.indexOf('=');
            if (sign < 1) {
                throw new CliError(
                        CliError.REFUSED,
                        option + " wants a name and a value, not '" + text + "'",
                        "Such as " + option + " " + example + ".");
            }
            if (pairs.put(text.substring(0, sign), text.substring(sign + 1)) != null) {
                throw new CliError(
                        CliError.REFUSED,
                        option + " " + text.substring(0, sign) + " is given twice",
                        "Leave one away.");
            }
        }
        return pairs;
    }
}
