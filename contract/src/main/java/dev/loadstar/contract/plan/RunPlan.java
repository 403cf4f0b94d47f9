package dev.loadstar.contract.plan;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A test made complete and immutable: commit pinned, defaults filled in, short forms expanded. All load numbers are
 * totals for the whole test.
 *
 * @param test the definition's {@code name}
 * @param bundle digest of the file list, {@code sha256:<hex>}
 * @param executors how the executors of the run are spread over the scenarios
 * @param queries to Prometheus servers that watch the target; a plan of an older server has none
 * @param limits which the plan keeps, and which hold for changes of its load too; a plan of an older server has none
 * @param abort rules that stop the run; a plan of an older server has none
 * @param baseline null where no assertion needs one
 */
public record RunPlan(
        String test,
        @Nullable String title,
        Map<String, String> labels,
        Source source,
        String bundle,
        List<BundleFile> files,
        Target target,
        List<ScenarioPlan> scenarios,
        ExecutorsPlan executors,
        List<AssertionPlan> assertions,
        Validity validity,
        Inputs inputs,
        LoadLimits limits,
        List<AbortRule> abort,
        List<TargetQuery> queries,
        @Nullable BaselinePlan baseline) {

    public RunPlan {
        labels = Map.copyOf(labels);
        files = List.copyOf(files);
        scenarios = List.copyOf(scenarios);
        assertions = List.copyOf(assertions);
        limits = limits == null ? LoadLimits.NONE : limits;
        abort = abort == null ? List.of() : List.copyOf(abort);
        queries = queries == null ? List.of() : List.copyOf(queries);
    }

    /** Without limits of the author's own, rules that stop it, queries, and a baseline. */
    public RunPlan(
            String test,
            @Nullable String title,
            Map<String, String> labels,
            Source source,
            String bundle,
            List<BundleFile> files,
            Target target,
            List<ScenarioPlan> scenarios,
            ExecutorsPlan executors,
            List<AssertionPlan> assertions,
            Validity validity,
            Inputs inputs) {
        this(
                test,
                title,
                labels,
                source,
                bundle,
                files,
                target,
                scenarios,
                executors,
                assertions,
                validity,
                inputs,
                LoadLimits.NONE,
                List.of(),
                List.of(),
                null);
    }

    /** From the start to the planned end of the last scenario's load, without graceful stop; null where a script decides its load. */
    public @Nullable Duration plannedDuration() {
        Duration longest = Duration.ZERO;
        for (ScenarioPlan scenario : scenarios) {
            Duration planned = scenario.load().plannedDuration();
            if (planned == null) {
                return null;
            }
            Duration end = scenario.startAfter().plus(planned);
            longest = end.compareTo(longest) > 0 ? end : longest;
        }
        return longest;
    }

    /** The scenario of that name. */
    public ScenarioPlan scenario(String name) {
        return scenarios.stream()
                .filter(scenario -> scenario.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no scenario named " + name));
    }

    /**
     * The same with another load of that scenario.
     *
     * @throws IllegalArgumentException if there is no such scenario
     */
    public RunPlan withLoad(String scenario, Load load) {
        ScenarioPlan other = scenario(scenario).withLoad(load);
        List<ScenarioPlan> all = scenarios.stream()
                .map(plan -> plan.name().equals(scenario) ? other : plan)
                .toList();
        return new RunPlan(
                test,
                title,
                labels,
                source,
                bundle,
                files,
                target,
                all,
                executors,
                assertions,
                validity,
                inputs,
                limits,
                abort,
                queries,
                baseline);
    }

    /** The same with that baseline. */
    public RunPlan withBaseline(BaselinePlan other) {
        return new RunPlan(
                test,
                title,
                labels,
                source,
                bundle,
                files,
                target,
                scenarios,
                executors,
                assertions,
                validity,
                inputs,
                limits,
                abort,
                queries,
                other);
    }

    /** One shard per executor, numbered from 1 on, scenario by scenario: their shares add up to the whole. */
    public List<Shard> shards() {
        var shards = new ArrayList<Shard>();
        int spread = scenarios.size();
        for (int s = 0; s < spread; s++) {
            int of = executors.of(s, spread);
            List<BundleFile> needed = filesOf(scenarios.get(s));
            for (int index = 0; index < of; index++) {
                shards.add(new Shard(shards.size() + 1, index, of, scenarios.get(s), target, needed, inputs));
            }
        }
        return List.copyOf(shards);
    }

    private List<BundleFile> filesOf(ScenarioPlan scenario) {
        var needed = new ArrayList<>(files);
        needed.addAll(scenario.extraFiles());
        return needed;
    }

    /** Where the definition came from; {@code git} is null for an uploaded folder. */
    public record Source(
            @Nullable String git,
            @Nullable String ref,
            @Nullable String commit,
            String path) {}

    /**
     * Only these hosts may be loaded.
     *
     * @param shared whether another run may load them at the same time
     */
    public record Target(String baseUrl, List<String> allowHosts, boolean shared) {
        public Target {
            allowHosts = List.copyOf(allowHosts);
        }

        /** One that is not shared. */
        public Target(String baseUrl, List<String> allowHosts) {
            this(baseUrl, allowHosts, false);
        }

        /** Whether load may go to that host; an entry {@code *.example.org} covers all below it. */
        public boolean allows(String host) {
            String plain = plain(host);
            return allowHosts.stream()
                    .map(Target::plain)
                    .anyMatch(
                            entry -> entry.startsWith("*.") ? plain.endsWith(entry.substring(1)) : plain.equals(entry));
        }

        /** In one spelling, of which an address of IPv6 has many. No name server is asked for what has a colon in it. */
        private static String plain(String host) {
            try {
                return host.indexOf(':') < 0
                        ? host.toLowerCase(Locale.ROOT)
                        : InetAddress.getByName(host).getHostAddress();
            } catch (UnknownHostException e) {
                return host;
            }
        }
    }

    /** @param count executors of the whole run, at least one per scenario */
    public record ExecutorsPlan(int count, Duration readyTimeout, Duration maxSkew, OnLoss onLoss) {

        /** How many of them a scenario gets. */
        public int of(int scenario, int scenarios) {
            return count / scenarios + (scenario < count % scenarios ? 1 : 0);
        }
    }

    /**
     * The author's own limits of all scenarios together, each null where there is none.
     *
     * @param maxRate arrivals per second
     */
    public record LoadLimits(
            @Nullable Integer maxUsers, @Nullable Double maxRate) {
        public static final LoadLimits NONE = new LoadLimits(null, null);
    }

    /** What happens to the share of an executor that was lost. */
    public enum OnLoss {
        /** The others take it over. */
        REDISTRIBUTE,
        /** It is missing from then on. */
        CONTINUE,
        /** The run ends. */
        ABORT
    }
}
