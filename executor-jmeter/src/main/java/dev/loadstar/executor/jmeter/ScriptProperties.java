package dev.loadstar.executor.jmeter;

import java.util.Map;
import java.util.TreeMap;

import dev.loadstar.contract.plan.Shard;
import dev.loadstar.executor.script.ScriptValues;
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

    ScriptProperties {
        values = Map.copyOf(values);
        system = Map.copyOf(system);
    }

    static ScriptProperties of(Shard shard, Secrets secrets, ScriptFiles files) {
        return of(ScriptValues.given(shard, secrets), ScriptValues.known(shard, files.root()), files);
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

    void apply() {
        system.forEach(System::setProperty);
        values.forEach(JMeterUtils::setProperty);
    }
}
