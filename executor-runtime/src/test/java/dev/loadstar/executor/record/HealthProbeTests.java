package dev.loadstar.executor.record;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class HealthProbeTests {

    @Test
    void bytesOfAllInterfacesAreAddedUpAndHeadingsAreNot() {
        var bytes = NetworkBytes.sum(List.of(
                "Inter-|   Receive                                                |  Transmit",
                " face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop",
                "    lo: 2776770   11307    0    0    0     0          0         0  2776771   11307    0    0",
                "  eth0:1215645    2751    0    0    0     0          0         0  1782404    4324    0    0"));

        assertThat(bytes).isEqualTo(new NetworkBytes(2_776_770 + 1_215_645, 2_776_771 + 1_782_404));
    }

    @Test
    void lagOfWakeUpsIsTheLongestSinceItWasAskedForLast() {
        try (var wakeUps = WakeUps.watched()) {
            await().until(() -> wakeUps.takeLongestMicros() > 0);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void everyFigureIsThereOnLinux() {
        try (var probe = new HealthProbe()) {
            var health = probe.read();

            assertThat(health.getCpu()).isBetween(0.0, 1.0);
            assertThat(health.getHeapUsedBytes()).isPositive();
            assertThat(health.hasWakeLagMicros()).isTrue();
            assertThat(health.getNetworkReceivedBytes()).isNotNegative();
            assertThat(health.hasNetworkSentBytes()).isTrue();
        }
    }
}
