package dev.loadstar.executor.jmeter;

import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.plan.Shard;
import dev.loadstar.contract.template.Encoding;
import dev.loadstar.contract.template.Template;
import dev.loadstar.executor.ExecutorMain;
import dev.loadstar.executor.secret.PlanValues;
import dev.loadstar.executor.secret.Secrets;
import org.apache.jmeter.util.JMeterUtils;

/**
 * What a script can read with {@code __P}, and what JMeter and the JDK go by: JMeter's properties files in the
 * repository, then where the script runs against what, then the scenario's own properties; the later win.
 *
 * @param values properties of JMeter
 * @param system properties of the JVM
 */
record ScriptProperties(Map<String, String> values, Map<String, String> system) {

    /** Where the repository's files lie, for code of the script's own. */
    static final String WORKSPACE = "loadstar.workspace";

    ScriptProperties {
        values = Map.copyOf(values);
        system = Map.copyOf(system);
    }

    /** Properties of the scenario may refer to variables and secrets. */
    static ScriptProperties of(Shard shard, Secrets secrets, ScriptFiles files) {
        var own = new TreeMap<String, String>();
        own.putAll(target(shard.target()));
        own.put(WORKSPACE, files.root().toString());
        own.put("loadstar.executor", String.valueOf(shard.executor()));
        own.put("loadstar.executors", String.valueOf(shard.of()));
        String run = System.getProperty(ExecutorMain.RUN_PROPERTY);
        if (run != null) {
            own.put("loadstar.run", run);
        }
        var references = new PlanValues(shard.inputs(), secrets);
        var given = new TreeMap<>(given(shard.scenario()));
        given.replaceAll((name, text) -> Template.of(text).render(references::of, Encoding.NONE));
        return of(given, own, files);
    }

    /** The part that is known without a run. */
    static ScriptProperties of(Map<String, String> given, Map<String, String> own, ScriptFiles files) {
        PropertyFiles read = PropertyFiles.of(files);
        var values = new TreeMap<>(read.jmeter());
        values.putAll(own);
        values.putAll(given);
        var system = new TreeMap<>(read.system());
        values.forEach((name, value) -> {
            if (PropertyFiles.isOfTheSystem(name)) {
                system.put(name, value);
            }
        });
        system.replaceAll((name, value) -> PropertyFiles.isPath(name) ? files.absolute(value) : value);
        return new ScriptProperties(values, system);
    }

    private static Map<String, String> given(ScenarioPlan scenario) {
        return scenario.work() instanceof ScenarioPlan.Script script ? script.properties() : Map.of();
    }

    /** What scripts can know of the target. */
    private static Map<String, String> target(RunPlan.Target target) {
        URI base = URI.create(target.baseUrl());
        return Map.of(
                "loadstar.baseUrl",
                target.baseUrl(),
                "loadstar.target.protocol",
                base.getScheme(),
                "loadstar.target.host",
                base.getHost(),
                "loadstar.target.port",
                String.valueOf(port(base)));
    }

    void apply() {
        system.forEach(System::setProperty);
        values.forEach(JMeterUtils::setProperty);
    }

    private static int port(URI base) {
        if (base.getPort() >= 0) {
            return base.getPort();
        }
        return "https".equals(base.getScheme()) ? 443 : 80;
    }
}
