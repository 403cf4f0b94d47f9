package dev.loadstar.worker.run;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.plan.PlanRevision;
import dev.loadstar.contract.plan.Shard;
import dev.loadstar.contract.run.WorkerAssignment;
import dev.loadstar.contract.wire.ToExecutor;

/** The messages that a worker sends to an executor. */
final class Orders {

    private Orders() {}

    static ToExecutor assign(Shard shard, WorkerAssignment run, Duration lease) {
        return ToExecutor.newBuilder()
                .setAssign(ToExecutor.Assign.newBuilder()
                        .setShardJson(Json.write(shard))
                        .setKafkaBootstrap(run.kafkaBootstrap())
                        .setLeaseMillis(lease.toMillis())
                        .setProject(run.project())
                        .putAllSecrets(run.secrets()))
                .build();
    }

    static ToExecutor start(Instant at) {
        return ToExecutor.newBuilder()
                .setStart(ToExecutor.Start.newBuilder().setAtEpochNanos(epochNanos(at)))
                .build();
    }

    static ToExecutor beat(long probeNanos, Instant now) {
        return ToExecutor.newBuilder()
                .setBeat(ToExecutor.Beat.newBuilder().setProbeNanos(probeNanos).setWorkerEpochNanos(epochNanos(now)))
                .build();
    }

    static ToExecutor stop(Duration grace, String reason) {
        return ToExecutor.newBuilder()
                .setStop(ToExecutor.Stop.newBuilder()
                        .setGraceMillis(grace.toMillis())
                        .setReason(reason))
                .build();
    }

    static ToExecutor revise(PlanRevision revision) {
        return ToExecutor.newBuilder()
                .setRevise(ToExecutor.Revise.newBuilder().setRevisionJson(Json.write(revision)))
                .build();
    }

    static ToExecutor release() {
        return ToExecutor.newBuilder()
                .setRelease(ToExecutor.Release.getDefaultInstance())
                .build();
    }

    static ToExecutor rows(ToExecutor.RowBlock block) {
        return ToExecutor.newBuilder().setRowBlock(block).build();
    }

    private static long epochNanos(Instant at) {
        return TimeUnit.SECONDS.toNanos(at.getEpochSecond()) + at.getNano();
    }
}
