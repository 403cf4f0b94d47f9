package dev.loadstar.executor.jmeter;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.executor.kit.RequestKit;
import dev.loadstar.executor.tool.LoadTool;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RequestTests extends RequestKit {

    @Override
    protected LoadTool tool() {
        return new JMeterTool();
    }

    @Test
    void scriptReadsASecretThroughItsProperties() throws Exception {
        Plans.script(
                folder(),
                "test.jmx",
                PlanText.plan(
                        PlanText.group("users", 1, 1, PlanText.get(URI.create(baseUrl()), "get", "/p/${__P(token)}"))));
        var load = new Load.Iterations(1, 2, Duration.ofMinutes(1), Duration.ofSeconds(5));

        run(new ScenarioPlan.Script("test.jmx", Map.of("token", "${secret.TOKEN}!")), load);

        assertThat(counts()).isEqualTo(Map.of("/p/s3cret&x!", 2L));
    }
}
