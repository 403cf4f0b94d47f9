package dev.loadstar.validator.definition;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.loadstar.contract.plan.AbortRule;
import dev.loadstar.contract.plan.AssertionPlan;
import dev.loadstar.contract.plan.AssertionPlan.Metric;
import dev.loadstar.contract.problem.ErrorCode;

/** Reads {@code abort}: rules that stop a run. */
final class AbortReader {

    private static final Duration USUAL_SPAN = Duration.ofSeconds(10);

    /** All of it is read anew each second. */
    private static final Duration LONGEST_SPAN = Duration.ofMinutes(5);

    private final AssertionReader sentences;
    private final Problems problems;

    AbortReader(AssertionReader sentences, Problems problems) {
        this.sentences = sentences;
        this.problems = problems;
    }

    List<AbortRule> read(Place rules) {
        var read = new ArrayList<AbortRule>();
        Set<String> ids = new HashSet<>();
        List<Place> places = rules.items();
        for (int index = 0; index < places.size(); index++) {
            Place place = places.get(index);
            String id = place.at("id").text("rule-" + (index + 1));
            if (!ids.add(id)) {
                problems.invalid(place.at("id"), "Two rules have the id `%s`".formatted(id));
            }
            rule(place, id).ifPresent(read::add);
        }
        return read;
    }

    private Optional<AbortRule> rule(Place place, String id) {
        Duration span = place.at("for").duration(USUAL_SPAN);
        if (span.isZero() || span.toNanosPart() != 0 || span.compareTo(LONGEST_SPAN) > 0) {
            problems.invalid(place.at("for"), "`for` must be whole seconds, from 1s to 5m");
        }
        Place when = place.at("when");
        Optional<AssertionDraft> draft = sentences.sentence(when);
        if (draft.filter(one -> one.metric() == Metric.LOAD_DELIVERED).isPresent()) {
            problems.add(when, ErrorCode.NOT_SUPPORTED_YET, "A rule on `load.delivered` is not supported yet", null);
        }
        if (draft.filter(one -> one.metric() == Metric.PROMETHEUS).isPresent()) {
            problems.add(
                    when,
                    ErrorCode.NOT_SUPPORTED_YET,
                    "A rule on what a Prometheus tells is not supported yet",
                    "Assert on it: its values come too late to stop a run by");
        }
        return draft.map(one -> new AbortRule(
                id,
                new AssertionPlan(
                        id, one.text(), one.metric(), one.stat(), one.scope(), one.op(), one.value(), when.pointer()),
                span,
                place.at("after").duration(Duration.ZERO),
                place.at("verdict").text("").equals("aborted") ? AbortRule.Outcome.ABORTED : AbortRule.Outcome.FAILED));
    }
}
