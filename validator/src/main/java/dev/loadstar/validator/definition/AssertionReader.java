package dev.loadstar.validator.definition;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import dev.loadstar.contract.plan.AssertionPlan;
import dev.loadstar.contract.plan.AssertionPlan.Op;
import dev.loadstar.contract.plan.AssertionPlan.Scope;
import dev.loadstar.contract.plan.TargetQuery;
import dev.loadstar.contract.problem.ErrorCode;
import org.jspecify.annotations.Nullable;

/** Reads {@code assertions} in both forms and holds their scopes against the scenarios. */
final class AssertionReader {

    private static final String EXAMPLES =
            "Such as \"p95 < 300ms\", \"p99 of 'add to cart' <= 800ms in hold\", \"errors < 1%\", \"requests >= 1000\"";
    private static final String LATENCY_STAT = "avg|min|max|stddev|p(100|\\d{1,2}(\\.\\d{1,3})?)";

    private final ScopeCheck scopes;
    private final List<TargetQuery> queries;
    private final Problems problems;

    /**
     * @param executors how many there are
     * @param queries that can be judged
     */
    AssertionReader(List<Definition.Scenario> scenarios, int executors, List<TargetQuery> queries, Problems problems) {
        this.queries = queries;
        this.scopes = new ScopeCheck(scenarios, executors, problems);
        this.problems = problems;
    }

    List<AssertionPlan> read(Place assertions) {
        var plans = new ArrayList<AssertionPlan>();
        List<Place> places = assertions.items();
        Set<String> ids = new HashSet<>();
        for (Place place : places) {
            place.at("id")
                    .text()
                    .filter(id -> !ids.add(id))
                    .ifPresent(id -> problems.invalid(place.at("id"), "Two assertions have the id `%s`".formatted(id)));
        }
        for (int index = 0; index < places.size(); index++) {
            Place place = places.get(index);
            int number = index + 1;
            (place.node().isString() ? sentence(place) : object(place))
                    .ifPresent(draft -> plans.add(draft.plan(place, number, ids)));
        }
        return plans;
    }

    /** What it says; empty where that is no assertion. */
    Optional<AssertionDraft> sentence(Place place) {
        String text = place.text("");
        Optional<AssertionSentence> sentence = AssertionSentence.read(text);
        if (sentence.isEmpty()) {
            if (!text.isEmpty()) {
                problems.add(
                        place,
                        ErrorCode.VALUE_INVALID,
                        "\"%s\" cannot be read as an assertion".formatted(text),
                        EXAMPLES);
            }
            return Optional.empty();
        }
        AssertionSentence read = sentence.get();
        boolean latency = read.stat() == null && read.subject().matches(LATENCY_STAT);
        var scope = new Scope(null, read.request(), read.stage());
        String name = latency ? scopes.latency(scope) : read.subject();
        if (!latency && !AssertionMetric.isKnown(name)) {
            problems.add(place, ErrorCode.VALUE_INVALID, "`%s` is not measured".formatted(name), hint(name));
            return Optional.empty();
        }
        scopes.checkNames(place, place, scope);
        return finish(
                new Parts(place, place, name, latency, latency ? read.subject() : read.stat(), read.op(), read.value()),
                scope,
                read.text());
    }

    private static String hint(String subject) {
        return Suggestion.nearest(subject, AssertionMetric.SUBJECTS)
                .map("Did you mean `%s`?"::formatted)
                .orElse(EXAMPLES);
    }

    private Optional<AssertionDraft> object(Place place) {
        Place scopePlace = place.at("scope");
        var scope = new Scope(
                scopePlace.at("scenario").text().orElse(null),
                scopePlace.at("request").text().orElse(null),
                scopePlace.at("stage").text().orElse(null),
                scopePlace.at("executor").number().orElse(null),
                status(scopePlace.at("status")));
        scopes.checkNames(scopePlace.at("scenario"), scopePlace.at("stage"), scope);
        Place vsBaseline = place.at("vsBaseline");
        Place value = vsBaseline.exists() ? vsBaseline.at("atLeast") : place.at("value");
        Optional<String> metric = place.at("metric").text();
        if (metric.isEmpty() || (!vsBaseline.exists() && !value.node().isValueNode())) {
            return Optional.empty();
        }
        String stat = place.at("stat").text().orElse(null);
        String op = place.at("op").text("");
        String limit = value.node().asString("");
        return finish(
                new Parts(place, value, metric.get(), false, stat, op, limit),
                scope,
                AssertionDraft.text(metric.get(), stat, op, shown(vsBaseline, limit), scope));
    }

    /** {@code 300ms}, or {@code baseline +10% (15ms)}. */
    private static String shown(Place vsBaseline, String limit) {
        return vsBaseline.exists()
                ? "baseline " + vsBaseline.at("changeMax").text("") + (limit.isEmpty() ? "" : " (" + limit + ")")
                : limit;
    }

    private @Nullable String status(Place place) {
        String status = place.node().isValueNode() ? place.node().asString("") : "";
        if (!status.isEmpty() && !status.matches("[1-5](xx|\\d\\d)")) {
            problems.invalid(place, "`status`: \"%s\" is not a status such as 503 or 5xx".formatted(status));
            return null;
        }
        return status.isEmpty() ? null : status;
    }

    /** @param implied whether the sentence says nothing of a metric, which is then one that its scope has */
    private record Parts(
            Place place,
            Place valuePlace,
            String metric,
            boolean implied,
            @Nullable String stat,
            String op,
            String value) {}

    private Optional<AssertionDraft> finish(Parts parts, Scope scope, String text) {
        Optional<AssertionMetric> metric = AssertionMetric.of(parts.metric(), queries);
        Optional<Op> op = Stream.of(Op.values())
                .filter(one -> one.sign().equals(parts.op()))
                .findFirst();
        if (metric.isEmpty()) {
            unknown(parts);
            return Optional.empty();
        }
        if (op.isEmpty()) {
            return Optional.empty();
        }
        boolean sentence = parts.place().node().isString();
        if (!parts.implied()) {
            scopes.checkMetric(
                    sentence ? parts.place() : parts.place().at("metric"),
                    metric.get().metric(),
                    scope);
        }
        scopes.checkParts(parts.place().at("scope"), metric.get().metric(), scope);
        try {
            String stat = metric.get().stat(parts.stat(), parts.value());
            boolean anyChange =
                    parts.value().isEmpty() && parts.place().at("vsBaseline").exists();
            double value = anyChange ? 0 : metric.get().value(stat, parts.value());
            var limit = new TermsReader.Limit(metric.get(), stat, op.get(), value, scope);
            var terms = new TermsReader(problems).read(parts.place(), limit);
            return Optional.of(new AssertionDraft(
                    AssertionDraft.text(text, terms.window()),
                    metric.get().metric(),
                    stat,
                    scope.of(AssertionMetric.query(parts.metric())),
                    op.get(),
                    value,
                    terms));
        } catch (AssertionMetric.Unfit e) {
            Place stat = parts.place().at("stat").exists() ? parts.place().at("stat") : parts.place();
            problems.add(e.ofStat() ? stat : parts.valuePlace(), e.code(), e.getMessage(), null);
            return Optional.empty();
        }
    }

    private void unknown(Parts parts) {
        Place place =
                parts.place().node().isString() ? parts.place() : parts.place().at("metric");
        String query = AssertionMetric.query(parts.metric());
        if (query != null) {
            List<String> ids = queries.stream().map(TargetQuery::id).toList();
            problems.add(
                    place,
                    ErrorCode.VALUE_INVALID,
                    "There is no query `%s` in `monitoring.prometheus`".formatted(query),
                    ids.isEmpty() ? "Write one" : "There are: " + String.join(", ", ids));
        } else if (AssertionMetric.isKnown(parts.metric())) {
            problems.add(
                    place,
                    ErrorCode.NOT_SUPPORTED_YET,
                    "`%s` is not supported yet".formatted(parts.metric()),
                    "What works: " + String.join(", ", AssertionMetric.BUILT));
        }
    }
}
