package dev.loadstar.executor;

import java.time.Duration;
import java.time.Instant;

import dev.loadstar.contract.wire.FromExecutor;
import dev.loadstar.contract.wire.ToExecutor;
import dev.loadstar.executor.clock.OwnClock;
import dev.loadstar.executor.log.JobLog;
import dev.loadstar.executor.tool.ToolSession.ToolEnd;
import org.jspecify.annotations.Nullable;

/** The last words of an executor whose load has begun, in order or all of a sudden: END on the stream, then to the worker. */
final class Farewell implements SuddenEnd.LastWords {

    private static final Duration SUDDEN_FLUSH = Duration.ofSeconds(3);
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Conversation worker;
    private final Measurement measured;
    private final Settings settings;

    Farewell(Conversation worker, Measurement measured, Settings settings) {
        this.worker = worker;
        this.measured = measured;
        this.settings = settings;
    }

    /** The load is over. What users who do not come to the end of their iteration asked of the target last was never measured. */
    void loadEnded(ToolEnd end, int usersGivenUp) throws InterruptedException {
        if (usersGivenUp > 0) {
            JobLog.warn(
                    "%d users did not come to the end of their iteration and are given up; each counts as a lost request"
                            .formatted(usersGivenUp));
            measured.recorder().lose(usersGivenUp);
        }
        measured.recorder().end(end.failed(), end.message());
    }

    /**
     * Waits until Kafka has everything and the worker lets the executor go.
     *
     * @return whether all could be sent
     */
    boolean leave(ToolEnd end) throws InterruptedException {
        boolean sent = measured.flush(settings.flush());
        if (!sent) {
            JobLog.warn("%d records could not be sent to Kafka".formatted(measured.backlog()));
        }
        sayEnded(end);
        awaitRelease();
        return sent;
    }

    /** Only of a script's own doing the worker is told; for any other it takes the executor for lost. */
    @Override
    public void say(String why, boolean byScript) throws InterruptedException {
        measured.recorder().end(true, why);
        measured.flush(SUDDEN_FLUSH);
        if (byScript) {
            sayEnded(new ToolEnd(true, why));
            worker.link().close();
        }
    }

    private void sayEnded(ToolEnd end) {
        var recorder = measured.recorder();
        worker.link()
                .sendState(FromExecutor.newBuilder()
                        .setEnded(FromExecutor.Ended.newBuilder()
                                .setToolFailed(end.failed())
                                .setMessage(end.message())
                                .setProduced(recorder.produced())
                                .setDeclaredLost(recorder.declaredLost())
                                .setLeaseLost(!worker.lease().isOpen()))
                        .build());
        JobLog.info("ended%s: %,d requests measured, %,d of them lost"
                .formatted(end.failed() ? " with a failure" : "", recorder.produced(), recorder.declaredLost()));
    }

    private void awaitRelease() throws InterruptedException {
        Instant until = OwnClock.now().plus(settings.release());
        while (OwnClock.until(until).isPositive()) {
            @Nullable ToExecutor order = worker.nextOrder(LOOK);
            if (order != null && order.hasRelease()) {
                return;
            }
        }
        JobLog.warn("the worker did not say goodbye");
    }
}
