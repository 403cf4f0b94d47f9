package dev.loadstar.executor.record;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

import dev.loadstar.executor.tool.Sample;

/**
 * The labels of one run on one executor. A script that puts an id into its request names would make a series per request:
 * the first {@value #MAX} labels of each kind are kept, all further ones are counted under {@value #OTHERS}. Longer ones
 * than {@value #MAX_LENGTH} characters are cut.
 */
final class Labels {

    static final int MAX = 500;
    static final int MAX_LENGTH = 200;
    static final String OTHERS = "(other labels)";

    private final Map<Sample.Kind, Map<String, String>> known = new EnumMap<>(Sample.Kind.class);

    String admit(Sample.Kind kind, String label) {
        var ofKind = known.computeIfAbsent(kind, k -> new HashMap<>());
        String cut = cut(label);
        String same = ofKind.get(cut);
        if (same != null) {
            return same;
        }
        if (ofKind.size() >= MAX) {
            return OTHERS;
        }
        ofKind.put(cut, cut);
        return cut;
    }

    static String cut(String label) {
        return label.length() > MAX_LENGTH ? label.substring(0, MAX_LENGTH) : label;
    }
}
