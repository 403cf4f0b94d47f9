package dev.loadstar.validator.definition;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.loadstar.contract.plan.AbortRule;
import dev.loadstar.contract.plan.AssertionPlan;
import dev.loadstar.contract.plan.Inputs;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.RunPlan.ExecutorsPlan;
import dev.loadstar.contract.plan.RunPlan.OnLoss;
import dev.loadstar.contract.plan.Validity;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.Problem;
import dev.loadstar.validator.target.WebAddress;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Reads a definition: strictly as JSON, then against the schema, then for what it means. */
public final class DefinitionReader {

    /** Most bytes of a definition. */
    public static final int LARGEST = 1 << 20;

    private static final Duration READY_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration MAX_SKEW = Duration.ofMillis(250);

    private final Tools tools;
    private final List<String> ownLabels;
    private final Problems problems = new Problems();
    private final List<String> warnings = new ArrayList<>();

    /** @param ownLabels keys of the labels that it has before anything was added at submission */
    private DefinitionReader(Tools tools, List<String> ownLabels) {
        this.tools = tools;
        this.ownLabels = ownLabels;
    }

    /** @param tools for which there is an executor */
    public static Definition read(byte[] text, Tools tools, Overrides overrides) {
        if (text.length > LARGEST) {
            var tooLarge = Problem.at(
                    "",
                    ErrorCode.DEFINITION_TOO_LARGE,
                    "The definition is larger than %d KiB".formatted(LARGEST >> 10));
            return new DefinitionReader(tools, List.of()).read(MissingNode.getInstance(), List.of(tooLarge));
        }
        StrictJson.Text json = StrictJson.read(text);
        JsonNode root = json.root();
        if (root == null) {
            return new DefinitionReader(tools, List.of()).read(MissingNode.getInstance(), json.problems());
        }
        List<String> ownLabels = List.copyOf(root.path("labels").propertyNames());
        var found = new ArrayList<>(json.problems());
        found.addAll(Overriding.apply(root, overrides));
        found.addAll(tools.check().problems(root));
        return new DefinitionReader(tools, ownLabels).read(root, found);
    }

    private Definition read(JsonNode node, List<Problem> found) {
        var root = new Place("", node);
        var inputs = new InputsReader(problems);
        List<Inputs.SecretRef> secrets = inputs.secrets(root.at("secrets"));
        List<Definition.Data> data = inputs.data(root.at("data"));
        var known = new References.Known(
                root.at("variables").texts(),
                secrets.stream().map(Inputs.SecretRef::name).toList(),
                data.stream().map(Definition.Data::name).toList());
        List<Definition.Scenario> scenarios =
                new ScenarioReader(known, root.at("defaults"), tools, problems).read(root.at("scenarios"));
        DataUse.check(data, scenarios, problems);
        ExecutorsPlan executors = executors(root.at("executors"), scenarios.size());
        checkMaxUsers(root.at("scenarios"), scenarios, executors);
        LossCheck.check(root.at("executors").at("onLoss"), executors.onLoss(), scenarios, data, problems);
        List<Definition.Monitored> monitored = new MonitoringReader(problems).read(root.at("monitoring"));
        var assertions = new AssertionReader(
                scenarios,
                executors.count(),
                monitored.stream().flatMap(one -> one.queries().stream()).toList(),
                problems);
        List<AssertionPlan> judged = assertions.read(root.at("assertions"));
        List<AbortRule> abort = new AbortReader(assertions, problems).read(root.at("abort"));
        if (!root.at("baseline").exists()) {
            checkNoBaseline(judged);
        }
        Definition.Limits limits = limits(root.at("limits"));
        new LimitsCheck(limits, problems).check(root.at("limits"), scenarios);
        var baseline = new BaselineReader(problems).read(root.at("baseline"), root.at("labels"), ownLabels);
        var all = new ArrayList<>(found);
        all.addAll(problems.found());
        return new Definition(
                root.at("name").text().orElse(null),
                root.at("title").text().orElse(null),
                root.at("labels").texts(),
                target(root.at("target")),
                scenarios,
                executors,
                judged,
                abort,
                validity(root.at("validity")),
                limits,
                baseline,
                root.at("variables").texts(),
                secrets,
                data,
                monitored,
                all.stream().distinct().toList(),
                warnings);
    }

    private void checkNoBaseline(List<AssertionPlan> assertions) {
        for (AssertionPlan assertion : assertions) {
            if (assertion.terms().vsBaseline() != null) {
                problems.add(
                        new Place(assertion.pointer() + "/vsBaseline", MissingNode.getInstance()),
                        ErrorCode.VALUE_INVALID,
                        "`vsBaseline` needs a `baseline` that says which runs",
                        "Such as \"baseline\": {\"use\": \"medianOfLast\"}");
            }
        }
    }

    private RunPlan.@Nullable Target target(Place place) {
        Optional<String> baseUrl = place.at("baseUrl").text();
        Optional<String> host = baseUrl.flatMap(WebAddress::host);
        if (baseUrl.isEmpty() || host.isEmpty()) {
            if (baseUrl.filter(url -> url.matches("https?://[^\\s/]+.*")).isPresent()) {
                problems.invalid(place.at("baseUrl"), "`baseUrl`: \"%s\" has no host".formatted(baseUrl.get()));
            }
            return null;
        }
        List<String> hosts = place.at("allowHosts").items().stream()
                .flatMap(item -> item.text().stream())
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
        return new RunPlan.Target(
                baseUrl.get(),
                place.at("allowHosts").exists() ? hosts : List.of(host.get()),
                place.at("shared").flag().orElse(false));
    }

    private ExecutorsPlan executors(Place place, int scenarios) {
        Place countPlace = place.at("count");
        int count = countPlace.number().orElse(Math.max(1, scenarios));
        if (countPlace.number().isPresent() && count > 0 && count < scenarios) {
            problems.invalid(
                    countPlace,
                    "%d executors are too few for %d scenarios: each needs one".formatted(count, scenarios));
        }
        Place startSync = place.at("startSync");
        return new ExecutorsPlan(
                count,
                startSync.at("readyTimeout").duration(READY_TIMEOUT),
                startSync.at("maxSkew").duration(MAX_SKEW),
                onLoss(place.at("onLoss").text("")));
    }

    private static OnLoss onLoss(String text) {
        return switch (text) {
            case "redistribute" -> OnLoss.REDISTRIBUTE;
            case "abort" -> OnLoss.ABORT;
            default -> OnLoss.CONTINUE;
        };
    }

    /** An executor without a user could begin none of its arrivals. */
    private void checkMaxUsers(Place list, List<Definition.Scenario> scenarios, ExecutorsPlan executors) {
        for (int i = 0; i < scenarios.size(); i++) {
            int count = executors.of(i, scenarios.size());
            if (scenarios.get(i).load().orElse(null) instanceof Load.Open load && load.maxUsers() < count) {
                problems.invalid(
                        list.items().get(i).at("load").at("maxUsers"),
                        "`maxUsers` %d is too few for %d %s: each needs one"
                                .formatted(load.maxUsers(), count, count == 1 ? "executor" : "executors"));
            }
        }
    }

    private static Validity validity(Place place) {
        Validity otherwise = Validity.DEFAULT;
        return new Validity(
                place.at("minLoadDelivered").share(otherwise.minLoadDelivered()),
                place.at("maxGeneratorCpu").share(otherwise.maxGeneratorCpu()),
                place.at("maxStartSkew").duration(otherwise.maxStartSkew()),
                place.at("maxSamplesLost").share(otherwise.maxSamplesLost()),
                place.at("minSamples").node().isIntegralNumber()
                        ? place.at("minSamples").node().asLong(otherwise.minSamples())
                        : otherwise.minSamples(),
                place.at("retry").flag().orElse(otherwise.retry()));
    }

    private static Definition.Limits limits(Place place) {
        return new Definition.Limits(
                place.at("maxDuration").duration().orElse(null),
                place.at("maxRate").rate().orElse(null),
                place.at("maxUsers").number().orElse(null));
    }
}
