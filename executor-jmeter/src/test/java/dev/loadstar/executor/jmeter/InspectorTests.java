package dev.loadstar.executor.jmeter;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import dev.loadstar.contract.plan.Inspection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class InspectorTests {

    @TempDir
    Path folder;

    @Test
    void soundPlanShowsItsLabelsAndGroups() {
        Inspection found = inspect("jmeter/shop.jmx", Map.of("buyers", "2"));

        assertThat(found.problems()).isEmpty();
        assertThat(found.labels())
                .containsExactly(
                        "prepare",
                        "checkout",
                        "add to cart",
                        "pay",
                        "look around",
                        "home",
                        "moved",
                        "only ada",
                        "missing",
                        "compute",
                        "clean up");
        assertThat(found.groups())
                .containsExactly(
                        new Inspection.Group("Buyers", "org.apache.jmeter.threads.ThreadGroup", 2),
                        new Inspection.Group("Browsers", "org.apache.jmeter.threads.ThreadGroup", 3));
        assertThat(found.hosts()).isEmpty();
        assertThat(found.warnings()).singleElement().asString().contains("Simple Data Writer");
    }

    private Inspection inspect(String file, Map<String, String> properties) {
        return new JMeterTool()
                .inspect(
                        Plans.workspace(folder),
                        Plans.scenario(file, Plans.hold(1, Duration.ofSeconds(1)), properties));
    }
}
