package dev.loadstar.contract.run;

import java.time.Instant;
import java.util.Map;

import dev.loadstar.contract.plan.RunPlan;

/**
 * What a worker is told when it is launched: the file {@code assignment.json} in its working directory, readable by its
 * owner only and deleted once it was read.
 *
 * @param runKey hex form of the run's {@link dev.loadstar.contract.wire.RunKey}
 * @param home the assembled product, one folder per program
 * @param jobs folder of the process launcher
 * @param blobs folder of the {@link dev.loadstar.contract.bundle.BlobStore}
 * @param secrets values by the names that the plan's {@link dev.loadstar.contract.plan.Inputs} gives them
 */
public record WorkerAssignment(
        String runId,
        String project,
        int number,
        Instant submitted,
        RunPlan plan,
        String runKey,
        String kafkaBootstrap,
        String home,
        String jobs,
        String blobs,
        Map<String, String> secrets) {

    public WorkerAssignment {
        secrets = Map.copyOf(secrets);
    }

    public static final String FILE = "assignment.json";

    @Override
    public String toString() {
        return "WorkerAssignment[" + runId + "]";
    }
}
