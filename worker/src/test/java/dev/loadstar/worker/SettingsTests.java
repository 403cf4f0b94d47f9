package dev.loadstar.worker;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SettingsTests {

    @Test
    void nothingSetGivesTheDefaults() {
        assertThat(Settings.of(Map.of())).isEqualTo(new Settings(Duration.ofMinutes(5), 512));
    }

    @Test
    void namesAreAsDocumented() {
        var environment = Map.of("LOADSTAR_SERVER_AWAY", "PT30S", "LOADSTAR_EXECUTOR_HEAP", "1024");

        assertThat(Settings.of(environment)).isEqualTo(new Settings(Duration.ofSeconds(30), 1024));
    }
}
