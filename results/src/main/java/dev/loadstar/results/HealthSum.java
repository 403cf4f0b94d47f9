package dev.loadstar.results;

import dev.loadstar.contract.run.RunDocument.HealthResult;
import org.jspecify.annotations.Nullable;

/** The health of one executor over several seconds. */
final class HealthSum {

    private double maxCpu;
    private long maxHeapBytes;
    private long gcMillis;
    private @Nullable Long maxLagMicros;
    private @Nullable Long receivedBytes;
    private @Nullable Long sentBytes;

    void add(GeneratorHealth second) {
        maxCpu = Math.max(maxCpu, second.cpu());
        maxHeapBytes = Math.max(maxHeapBytes, second.heapBytes());
        gcMillis += second.gcMillis();
        maxLagMicros = GeneratorHealth.greatest(maxLagMicros, second.lagMicros());
        receivedBytes = GeneratorHealth.sum(receivedBytes, second.receivedBytes());
        sentBytes = GeneratorHealth.sum(sentBytes, second.sentBytes());
    }

    double maxCpu() {
        return Digits.ratio(maxCpu);
    }

    long maxHeapBytes() {
        return maxHeapBytes;
    }

    long gcMillis() {
        return gcMillis;
    }

    @Nullable
    Double maxLagMs() {
        return maxLagMicros == null ? null : (Double) Digits.millis((long) maxLagMicros);
    }

    @Nullable
    Long receivedBytes() {
        return receivedBytes;
    }

    @Nullable
    Long sentBytes() {
        return sentBytes;
    }

    HealthResult result() {
        return new HealthResult(maxHeapBytes, gcMillis, maxLagMs(), receivedBytes, sentBytes);
    }
}
