package dev.loadstar.validator.definition;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.loadstar.contract.plan.AbortRule;
import dev.loadstar.contract.plan.AssertionPlan;
import dev.loadstar.contract.plan.BaselinePlan;
import dev.loadstar.contract.plan.BundleFile;
import dev.loadstar.contract.plan.DataPlan;
import dev.loadstar.contract.plan.Inputs;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.Requests;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.plan.TargetQuery;
import dev.loadstar.contract.plan.Validity;
import dev.loadstar.contract.plan.Work;
import dev.loadstar.contract.problem.Problem;
import dev.loadstar.contract.template.Reference;
import dev.loadstar.validator.artifact.ArtifactRequest;
import org.jspecify.annotations.Nullable;

/**
 * A definition as far as it can be understood from its text alone, with everything that is wrong with it. Without
 * problems it is complete.
 *
 * @param test null where it has no name
 * @param target null where it has no usable address
 */
public record Definition(
        @Nullable String test,
        @Nullable String title,
        Map<String, String> labels,
        RunPlan.@Nullable Target target,
        List<Scenario> scenarios,
        RunPlan.ExecutorsPlan executors,
        List<AssertionPlan> assertions,
        List<AbortRule> abort,
        Validity validity,
        Limits limits,
        @Nullable BaselinePlan baseline,
        Map<String, String> variables,
        List<Inputs.SecretRef> secrets,
        List<Data> data,
        List<Monitored> monitored,
        List<Problem> problems,
        List<String> warnings) {

    /**
     * One scenario.
     *
     * @param startAfter how long after the start of the test it starts
     * @param work empty where it has none that could be read, as {@code load}
     * @param data names of the data that it uses
     * @param columns of data that its texts refer to
     * @param addresses of its requests that have a host of their own
     * @param artifacts libraries that it asks for, which are in its plan once they are found
     * @param options of its tool that are on
     */
    public record Scenario(
            String pointer,
            String name,
            String tool,
            Duration startAfter,
            Optional<Work> work,
            Optional<Load> load,
            List<String> stages,
            List<String> data,
            List<Column> columns,
            List<Address> addresses,
            List<ArtifactRequest> artifacts,
            Set<String> options) {

        /** The same with other work, or with none. */
        public Scenario withWork(Optional<Work> other) {
            return new Scenario(
                    pointer, name, tool, startAfter, other, load, stages, data, columns, addresses, artifacts, options);
        }

        /** The same with what was built of its script. */
        public Scenario withBuilt(List<BundleFile> files) {
            return withWork(work.map(what -> switch (what) {
                case ScenarioPlan.Script script -> script.withBuilt(files);
                case Requests requests -> requests;
            }));
        }

        /** Its plan, where work and load are known. */
        public Optional<ScenarioPlan> plan() {
            return work.flatMap(
                    what -> load.map(how -> new ScenarioPlan(name, tool, startAfter, what, how, data, options)));
        }

        public Optional<ScenarioPlan.Script> script() {
            return work.filter(ScenarioPlan.Script.class::isInstance).map(ScenarioPlan.Script.class::cast);
        }

        public Optional<Requests> requests() {
            return work.filter(Requests.class::isInstance).map(Requests.class::cast);
        }
    }

    /** The same with other scenarios. */
    public Definition withScenarios(List<Scenario> others) {
        return new Definition(
                test,
                title,
                labels,
                target,
                others,
                executors,
                assertions,
                abort,
                validity,
                limits,
                baseline,
                variables,
                secrets,
                data,
                monitored,
                problems,
                warnings);
    }

    /** What the servers that watch the target are asked, in order. */
    public List<TargetQuery> queries() {
        return monitored.stream().flatMap(one -> one.queries().stream()).toList();
    }

    /** A data file as far as it is known without looking into it; columns are empty where its first line names them. */
    public record Data(
            String pointer,
            String name,
            String file,
            char delimiter,
            List<String> columns,
            DataPlan.Share share,
            DataPlan.Order order,
            DataPlan.OnExhausted onExhausted,
            boolean sensitive) {}

    /** A place that names a Prometheus, and what that is asked. */
    public record Monitored(String pointer, String server, List<TargetQuery> queries) {}

    /** A place that refers to a column of data. */
    public record Column(String pointer, Reference reference) {}

    /** A place that names a host. */
    public record Address(String pointer, String host) {}

    /**
     * The author's own limits, each null where none is set.
     *
     * @param maxRate arrivals per second
     */
    public record Limits(
            @Nullable Duration maxDuration,
            @Nullable Double maxRate,
            @Nullable Integer maxUsers) {}
}
