package dev.loadstar.web;

import java.util.List;
import java.util.stream.Stream;

import dev.loadstar.contract.run.RunDocument.LabelResult;
import org.jspecify.annotations.Nullable;

/**
 * Labels of one kind; requests come first, because only they are in the totals.
 *
 * @param title null above the requests
 */
record LabelGroup(String kind, @Nullable String title, String note, List<LabelResult> labels) {

    static List<LabelGroup> of(List<LabelResult> labels) {
        return Stream.of(
                        of("request", null, "", labels),
                        of("transaction", "Transactions", "contain requests; not in the totals", labels),
                        of("part", "Parts of requests", "redirect hops and embedded files; not in the totals", labels))
                .filter(group -> !group.labels().isEmpty())
                .toList();
    }

    private static LabelGroup of(String kind, @Nullable String title, String note, List<LabelResult> labels) {
        return new LabelGroup(
                kind,
                title,
                note,
                labels.stream().filter(label -> label.kind().equals(kind)).toList());
    }
}
