package dev.loadstar.contract.run;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.loadstar.contract.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * The result document: what {@code loadstar show --json} and {@code GET …/runs/{number}} answer, also while the run is
 * on its way. Fields are only ever added. What was not measured is null, never 0; lists are empty while nothing is known.
 *
 * @param source null for a run whose source could not be read
 * @param reason what a queued run waits for; later its verdict or end in one sentence
 * @param runLabels the definition's and those given at submission; {@code labels} are what was measured
 * @param target the address that the load goes to
 * @param error slug of the {@link dev.loadstar.contract.problem.ErrorCode} that ended it, null where none did
 * @param wouldBe of an INVALID run the verdict that it would have been
 * @param problems why a REFUSED run was refused
 * @param changed whether a person changed its load while it ran: it is no run to compare others with
 * @param loadChanges in the order in which they were asked for
 * @param retryOf number of the INVALID run that this one repeats, null where it repeats none
 * @param retriedBy number of the run that repeats this one because it was INVALID
 * @param pinned null unless a person made it a baseline
 * @param warnings what a reader should know, such as a shard that two runs shared
 */
public record RunDocument(
        String id,
        int number,
        String project,
        @Nullable String test,
        RunStatus status,
        @Nullable EndReason endReason,
        @Nullable Verdict verdict,
        @Nullable Verdict wouldBe,
        @Nullable String reason,
        @Nullable String error,
        @Nullable Source source,
        Map<String, String> runLabels,
        @Nullable String target,
        String submittedBy,
        Times times,
        @Nullable Summary summary,
        List<LabelResult> labels,
        List<ErrorCount> errors,
        List<AssertionResult> assertions,
        List<StageResult> stages,
        List<ExecutorResult> executors,
        @Nullable Ledger ledger,
        List<Problem> problems,
        List<String> warnings,
        boolean changed,
        List<LoadChange> loadChanges,
        @Nullable Integer retryOf,
        @Nullable Integer retriedBy,
        @Nullable Pin pinned,
        Links links) {

    /** A document of an older server may lack a list; it is empty then. */
    public RunDocument {
        runLabels = runLabels == null ? Map.of() : Map.copyOf(runLabels);
        labels = orEmpty(labels);
        errors = orEmpty(errors);
        assertions = orEmpty(assertions);
        stages = orEmpty(stages);
        executors = orEmpty(executors);
        problems = orEmpty(problems);
        warnings = orEmpty(warnings);
        loadChanges = orEmpty(loadChanges);
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    /** Where the definition came from; {@code git} is null and {@code ref} "upload" for a folder, "pasted" for a definition alone. */
    public record Source(
            @Nullable String git,
            @Nullable String ref,
            @Nullable String commit,
            String path) {}

    public record Times(
            Instant submitted,
            @Nullable Instant validated,
            @Nullable Instant provisioned,
            @Nullable Instant loadStarted,
            @Nullable Instant loadEnded,
            @Nullable Instant finished) {

        public static Times submittedAt(Instant submitted) {
            return new Times(submitted, null, null, null, null, null);
        }
    }

    /**
     * Totals over the requests of the measured stages… and of the unmeasured ones: everything that reached the target.
     *
     * @param errorRatio 0…1, null without requests
     * @param intendedLatencyMs from when the schedule wanted it, of the scenarios that have one; null where none has
     * @param loadDelivered delivered over planned load of the measured stages, null where the script decides the load
     * @param arrivals of all stages of open loads; null where there is none
     */
    public record Summary(
            long requests,
            long errors,
            @Nullable Double errorRatio,
            @Nullable Double requestsPerSecond,
            long bytesReceived,
            long bytesSent,
            @Nullable Latency latencyMs,
            @Nullable Latency intendedLatencyMs,
            @Nullable Double loadDelivered,
            @Nullable ArrivalResult arrivals) {}

    /**
     * What became of the arrivals of open loads. Those of lost executors are planned and nothing else.
     *
     * @param planned of the whole load once it is over, before that those that were due
     * @param dropped because there were as many users as there may be at once
     * @param late because an executor was too late for them
     */
    public record ArrivalResult(long planned, long begun, long dropped, long late) {

        public ArrivalResult plus(ArrivalResult other) {
            return new ArrivalResult(
                    planned + other.planned, begun + other.begun, dropped + other.dropped, late + other.late);
        }

        /** Those that it is known of what became of them. */
        public long decided() {
            return begun + dropped + late;
        }
    }

    /**
     * One label. Requests come first.
     *
     * @param kind {@code request}; {@code transaction}, which contains requests; {@code part} of a request, such as a
     *     redirect hop or an embedded resource. Only requests are in the totals
     * @param requests samples of that kind
     */
    public record LabelResult(
            String scenario,
            String label,
            String kind,
            long requests,
            long errors,
            @Nullable Double errorRatio,
            @Nullable Double requestsPerSecond,
            @Nullable Latency latencyMs,
            @Nullable Latency intendedLatencyMs) {}

    /**
     * Errors of one label and kind, those of requests first.
     *
     * @param sampleKind the label's kind
     * @param kind such as {@code http.500}, {@code timeout}, {@code connect.refused}, {@code assertion}
     */
    public record ErrorCount(
            String scenario, String label, String sampleKind, String kind, String message, long count, Instant first) {}

    /**
     * @param unit of {@code value}: ms, ratio, count, per-second; of what the target's Prometheus told that of the query:
     *     percent, ratio, seconds, bytes, count, perSecond
     * @param detail why it is INVALID
     * @param aboveMax whether the true value is above {@code value}, which is the greatest that was measured: it lies among
     *     arrivals that were dropped
     */
    public record AssertionResult(
            String id,
            String text,
            AssertionStatus status,
            @Nullable Double value,
            String unit,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String detail,

            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean aboveMax) {}

    /**
     * @param plannedUsers at its end, null where users are not what is planned
     * @param plannedRate arrivals per second at its end, null where they are not what is planned
     */
    public record StageResult(
            String scenario,
            String name,
            @Nullable Integer plannedUsers,
            @Nullable Double plannedRate,
            boolean measured,
            long requests,
            @Nullable Double loadDelivered,
            @Nullable ArrivalResult arrivals) {}

    /**
     * @param maxCpu share of the executor's CPU limit in its busiest second, 0…1
     * @param health null before it has told of any second
     * @param ledger of its samples; null before the run has ended
     */
    public record ExecutorResult(
            int number,
            String tool,
            @Nullable String host,
            ExecutorStatus status,
            @Nullable Integer exitCode,
            @Nullable Double startSkewMs,
            @Nullable ClockResult clock,
            long requests,
            @Nullable Double maxCpu,
            @Nullable HealthResult health,
            @Nullable Ledger ledger,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> logTail) {

        public ExecutorResult {
            logTail = orEmpty(logTail);
        }

        public ExecutorResult withLedger(Ledger other) {
            return new ExecutorResult(
                    number, tool, host, status, exitCode, startSkewMs, clock, requests, maxCpu, health, other, logTail);
        }
    }

    /**
     * How an executor was doing over all its seconds, beside its CPU.
     *
     * @param gcPauseMs of garbage collection, in all
     * @param maxLagMs the longest that a thread slept on after the instant at which it wanted to wake
     * @param receivedBytes by the machine or container that it was in, as {@code sentBytes}; null where the system does
     *     not tell
     */
    public record HealthResult(
            long maxHeapBytes,
            long gcPauseMs,
            @Nullable Double maxLagMs,
            @Nullable Long receivedBytes,
            @Nullable Long sentBytes) {}

    /**
     * How far an executor's clock was ahead of its worker's when it got ready.
     *
     * @param offsetMs taken for none where it is not above {@code uncertaintyMs}
     */
    public record ClockResult(double offsetMs, double uncertaintyMs) {}

    /**
     * Samples: produced = stored + declaredLost + unknown.
     *
     * @param declaredLost those of which it is known that they are in no figure: their executor said so at its end, or they
     *     came after the run was closed
     * @param unknown only of executors that were killed: what they had told their worker to have measured, and never sent
     */
    public record Ledger(long produced, long stored, long declaredLost, long unknown) {

        public static final Ledger EMPTY = new Ledger(0, 0, 0, 0);

        public Ledger plus(Ledger other) {
            return new Ledger(
                    produced + other.produced,
                    stored + other.stored,
                    declaredLost + other.declaredLost,
                    unknown + other.unknown);
        }

        /** With samples that came too late: those that were unknown are lost now, others were not even known of. */
        public Ledger withLate(long samples) {
            long known = Math.min(samples, unknown);
            return new Ledger(produced + samples - known, stored, declaredLost + samples, unknown - known);
        }
    }

    /** When and by whom it was made a baseline. */
    public record Pin(Instant at, String by) {}

    /** Paths on the server that answered. */
    public record Links(String page, @Nullable String report) {}
}
