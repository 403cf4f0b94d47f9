package dev.loadstar.executor.gatling;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.executor.tool.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Gatling by itself would warm up on its maker's address, send usage statistics there and look for newer versions. */
class NoOtherHostTests {

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    Path folder;

    @Test
    void nobodyButTheTargetIsAskedForWhateverTheSimulationSays() throws IOException, InterruptedException {
        assertThatThrownBy(() -> InetAddress.getAllByName("seen.invalid")).isInstanceOf(UnknownHostException.class);
        assertThat(AskedNames.all()).contains("seen.invalid");
        System.setProperty("gatling.http.warmUpUrl", "http://warm-up.invalid");
        System.setProperty("gatling.data.enableAnalytics", "true");

        try (var trial = new Trial(folder)) {
            trial.write("""
                    { setUp(scenario("s")
                        .exec(http("one").get("/one")).exec(http("two").get(TARGET.replace("127.0.0.1", "localhost") + "/two"))
                        .exec(session -> session.set("computed", "http://computed" + ".invalid/"))
                        .exec(http("computed").get("#{computed}"))
                        .exec(http("address").get(session -> TARGET.replace("127.0.0.1", "127.0.0." + 2) + "/address"))
                        .exec(http("moved").get("/moved"))
                        .injectOpen(atOnceUsers(1)))
                      .protocols(http.baseUrl(TARGET).warmUp("http://script-warm-up.invalid")); }
                    """);
            trial.run(Trial.hold(2, Duration.ofSeconds(1)));
            String file = SimulationText.write(
                    folder, "{ setUp(scenario(\"s\").exec(http(\"one\").get(\"/\")).injectOpen(atOnceUsers(1))); }");
            var script = new ScenarioPlan.Script(file, Map.of());
            var load = Trial.hold(1, Duration.ofSeconds(1));
            assertThat(new GatlingTool()
                            .inspect(folder, new ScenarioPlan("s", "gatling", Duration.ZERO, script, load, List.of()))
                            .problems())
                    .isEmpty();

            assertThat(trial.target.counts().keySet()).containsOnly("/one", "/two", "/moved");
            assertThat(trial.samples.all())
                    .filteredOn(sample -> sample.errorKind() != null)
                    .allSatisfy(sample -> {
                        assertThat(sample.errorKind()).isEqualTo("host.refused");
                        assertThat(sample.errorMessage()).endsWith("is not in `allowHosts`");
                    })
                    .extracting(Sample::label)
                    .contains("computed", "address", "moved Redirect 1");
        }

        assertThat(AskedNames.all()).containsOnly("seen.invalid", "localhost");
    }
}
