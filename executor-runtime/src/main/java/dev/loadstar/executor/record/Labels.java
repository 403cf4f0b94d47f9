package dev.loadstar.executor.record;

import java.util.HashMap;
import java.util.Map;

/**
 * The labels of one run on one executor. A script that puts an id into its request names would make a series per request:
 * the first {@value #MAX} labels are kept, all further ones are counted under {@value #OTHERS}. Longer ones than
 * {@value #MAX_LENGTH} characters are cut.
 */
final class Labels {

    static final int MAX = 500;
    static final int MAX_LENGTH = 200;
    static final String OTHERS = "(other labels)";

    private final Map<String, String> known = new HashMap<>();

    String admit(String label) {
        String cut = label.length() > MAX_LENGTH ? label.substring(0, MAX_LENGTH) : label;
        String same = known.get(cut);
        if (same != null) {
            return same;
        }
        if (known.size() >= MAX) {
            return OTHERS;
        }
        known.put(cut, cut);
        return cut;
    }
}
