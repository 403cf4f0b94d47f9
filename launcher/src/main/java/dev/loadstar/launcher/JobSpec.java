package dev.loadstar.launcher;

import java.util.List;
import java.util.Map;

/**
 * What to start.
 *
 * @param id unique, also the name of its working directory: {@code <run id>-worker}, {@code <run id>-executor-2}
 * @param run id of the run it belongs to, or of the inspection
 * @param program folder in the assembled product, such as {@code worker} or {@code executor-jmeter}
 * @param arguments of the program
 * @param files written into the working directory before the start, for its owner only
 * @param environment added to an otherwise nearly empty environment: secrets go here or into files, never into arguments
 * @param heapMegabytes most heap of its JVM
 */
public record JobSpec(
        String id,
        String run,
        String program,
        List<String> arguments,
        Map<String, String> files,
        Map<String, String> environment,
        int heapMegabytes) {

    public JobSpec {
        arguments = List.copyOf(arguments);
        files = Map.copyOf(files);
        environment = Map.copyOf(environment);
    }
}
