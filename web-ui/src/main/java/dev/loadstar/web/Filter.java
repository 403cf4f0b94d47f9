package dev.loadstar.web;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.loadstar.contract.run.RunStatus;
import dev.loadstar.contract.run.Verdict;
import dev.loadstar.platform.run.RunFilter;
import org.jspecify.annotations.Nullable;

/**
 * What the list of runs is narrowed to; a field that was left empty takes all.
 *
 * @param label any number of {@code name=value}
 */
record Filter(
        @Nullable String test,
        @Nullable RunStatus status,
        @Nullable Verdict verdict,
        @Nullable String label) {

    RunFilter filter() {
        var labels = new TreeMap<String, String>();
        labels().filter(Filter::isPair).forEach(pair -> {
            int equals = pair.indexOf('=');
            labels.put(pair.substring(0, equals), pair.substring(equals + 1));
        });
        return new RunFilter(test == null || test.isBlank() ? null : test.strip(), status, verdict, Map.copyOf(labels));
    }

    /** What cannot be filtered by, in one sentence; null where all is clear. */
    @Nullable
    String unclear() {
        return labels().filter(text -> !isPair(text))
                .findFirst()
                .map("'%s' is no label: write name=value."::formatted)
                .orElse(null);
    }

    private Stream<String> labels() {
        return label == null
                ? Stream.of()
                : Arrays.stream(label.strip().split("[\\s,]+")).filter(text -> !text.isEmpty());
    }

    private static boolean isPair(String text) {
        return text.indexOf('=') > 0;
    }

    public boolean isSet() {
        return !filter().equals(RunFilter.ALL);
    }

    public List<RunStatus> statuses() {
        return List.of(RunStatus.values());
    }

    public List<Verdict> verdicts() {
        return List.of(Verdict.values());
    }
}
