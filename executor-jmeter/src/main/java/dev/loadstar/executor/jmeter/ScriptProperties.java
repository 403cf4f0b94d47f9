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
import org.jspecify.annotations.Nullable;

/** What a script can read with {@code __P}: the scenario's own properties, and where it runs against what. */
record ScriptProperties(Map<String, String> values) {

    ScriptProperties {
        values = Map.copyOf(values);
    }

    static ScriptProperties of(Shard shard, Secrets secrets) {
        Map<String, String> values = of(shard.scenario(), shard.target());
        values.put("loadstar.executor", String.valueOf(shard.executor()));
        values.put("loadstar.executors", String.valueOf(shard.of()));
        String run = System.getProperty(ExecutorMain.RUN_PROPERTY);
        if (run != null) {
            values.put("loadstar.run", run);
        }
        var references = new PlanValues(shard.inputs(), secrets);
        values.replaceAll((name, text) -> Template.of(text).render(references::of, Encoding.NONE));
        return new ScriptProperties(values);
    }

    /** The part that is known without a run. A property of the scenario wins over one of ours. */
    static Map<String, String> of(ScenarioPlan scenario, RunPlan.@Nullable Target target) {
        var values = new TreeMap<String, String>();
        if (target != null) {
            URI base = URI.create(target.baseUrl());
            values.put("loadstar.baseUrl", target.baseUrl());
            values.put("loadstar.target.protocol", base.getScheme());
            values.put("loadstar.target.host", base.getHost());
            values.put("loadstar.target.port", String.valueOf(port(base)));
        }
        if (scenario.work() instanceof ScenarioPlan.Script script) {
            values.putAll(script.properties());
        }
        return values;
    }

    void apply() {
        values.forEach(JMeterUtils::setProperty);
    }

    private static int port(URI base) {
        if (base.getPort() >= 0) {
            return base.getPort();
        }
        return "https".equals(base.getScheme()) ? 443 : 80;
    }
}
