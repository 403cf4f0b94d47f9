package dev.loadstar.executor.script;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.plan.Shard;
import dev.loadstar.contract.template.Encoding;
import dev.loadstar.contract.template.Template;
import dev.loadstar.executor.secret.PlanValues;
import dev.loadstar.executor.secret.Secrets;

/** What scripts of every tool can read as properties: where they run against what, and what the scenario gives them. */
public final class ScriptValues {

    /** Where the repository's files lie, for code of the script's own. */
    public static final String WORKSPACE = "loadstar.workspace";

    /** System property of the process that says which run it is part of. */
    public static final String RUN = "loadstar.run";

    /** Stands for the target's host where no run has given one yet. */
    public static final String UNKNOWN_HOST = "loadstar-target.invalid";

    /** The platform's own, as far as they are known before a run. */
    public static final Map<String, String> BEFORE_A_RUN = target(URI.create("http://" + UNKNOWN_HOST));

    private ScriptValues() {}

    /** The platform's own. */
    public static Map<String, String> known(Shard shard, Path workspace) {
        var known = new TreeMap<>(target(shard.target()));
        known.put(WORKSPACE, workspace.toString());
        known.put("loadstar.executor", String.valueOf(shard.executor()));
        known.put("loadstar.executors", String.valueOf(shard.of()));
        String run = System.getProperty(RUN);
        if (run != null) {
            known.put(RUN, run);
        }
        return known;
    }

    /** The scenario's, with the values of the variables and secrets that they refer to. */
    public static Map<String, String> given(Shard shard, Secrets secrets) {
        var references = new PlanValues(shard.inputs(), secrets);
        var given = new TreeMap<String, String>();
        if (shard.scenario().work() instanceof ScenarioPlan.Script script) {
            given.putAll(script.properties());
        }
        given.replaceAll((name, text) -> Template.of(text).render(references::of, Encoding.NONE));
        return given;
    }

    private static Map<String, String> target(RunPlan.Target target) {
        return target(URI.create(target.baseUrl()));
    }

    private static Map<String, String> target(URI base) {
        return Map.of(
                "loadstar.baseUrl",
                base.toString(),
                "loadstar.target.protocol",
                base.getScheme(),
                "loadstar.target.host",
                base.getHost(),
                "loadstar.target.port",
                String.valueOf(port(base)));
    }

    private static int port(URI base) {
        if (base.getPort() >= 0) {
            return base.getPort();
        }
        return "https".equals(base.getScheme()) ? 443 : 80;
    }
}
