package dev.loadstar.worker.run;

import java.time.Duration;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.run.EndReason;
import dev.loadstar.contract.wire.FromExecutor;
import org.jspecify.annotations.Nullable;

/** What can happen to a run; handled one at a time, in the order of arrival. */
public sealed interface Message {

    /** The first one. */
    record Begin() implements Message {}

    /** Kafka has acknowledged the run's first record. */
    record Opened() implements Message {}

    /** An executor said something on its control stream. */
    record Said(int executor, long session, FromExecutor what) implements Message {}

    /** A control stream is gone; its executor may dial again. */
    record HungUp(int executor, long session) implements Message {}

    record LaunchFailed(int executor, ErrorCode code, String detail) implements Message {}

    /** @param exitCode null if nobody saw it */
    record ProcessEnded(int executor, @Nullable Integer exitCode) implements Message {}

    /** Somebody wants the run to end now. */
    record StopOrdered(EndReason reason, String detail, boolean byPerson) implements Message {}

    /**
     * Somebody wants another load of a scenario.
     *
     * @param id the same order may come twice
     * @param value users or arrivals per second of the running stage; null: as they are
     * @param paused null: as it is
     */
    record LoadChange(
            String id,
            String scenario,
            @Nullable Double value,
            @Nullable Boolean paused) implements Message {}

    /** No broker, and so no server, has answered for that long. */
    record PlatformAway(Duration time) implements Message {}

    /** Handling a message failed: a defect of the worker. */
    record Broken(String detail) implements Message {}

    /** Time passes; several per second. */
    record Tick() implements Message {}
}
