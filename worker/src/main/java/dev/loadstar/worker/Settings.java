package dev.loadstar.worker;

import java.time.Duration;
import java.util.Map;

/**
 * What whoever launches a worker may set, by environment variables.
 *
 * @param away {@code LOADSTAR_SERVER_AWAY}, such as {@code PT5M}: without a broker for so long the run ends by itself
 * @param executorHeapMegabytes {@code LOADSTAR_EXECUTOR_HEAP}: most heap of each executor
 */
record Settings(Duration away, int executorHeapMegabytes) {

    static Settings of(Map<String, String> environment) {
        return new Settings(
                Duration.parse(environment.getOrDefault("LOADSTAR_SERVER_AWAY", "PT5M")),
                Integer.parseInt(environment.getOrDefault("LOADSTAR_EXECUTOR_HEAP", "512")));
    }
}
