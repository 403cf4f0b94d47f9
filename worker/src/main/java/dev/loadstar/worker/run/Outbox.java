package dev.loadstar.worker.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.loadstar.contract.wire.RunEvent;
import dev.loadstar.contract.wire.ToExecutor;

/** What one message leads to, gathered while it is handled. */
final class Outbox {

    private final String runId;
    private final List<Action> actions = new ArrayList<>();
    private Instant now;

    Outbox(String runId, Instant now) {
        this.runId = runId;
        this.now = now;
    }

    void begin(Instant at) {
        actions.clear();
        now = at;
    }

    List<Action> gathered() {
        return List.copyOf(actions);
    }

    void add(Action action) {
        actions.add(action);
    }

    void send(long session, ToExecutor message) {
        add(new Action.Send(session, message));
    }

    void note(String line) {
        add(new Action.Note(line));
    }

    void executorsReady() {
        publish(event().setExecutorsReady(RunEvent.ExecutorsReady.getDefaultInstance()));
    }

    void loadStarted(Instant start) {
        publish(event().setLoadStarted(RunEvent.LoadStarted.newBuilder().setStartMillis(start.toEpochMilli())));
    }

    void loadEnded() {
        publish(event().setLoadEnded(RunEvent.LoadEnded.getDefaultInstance()));
    }

    void changed(ExecutorTrack executor) {
        note("executor %d: %s".formatted(executor.number(), executor.status()));
        publish(event().setExecutorChanged(RunEvent.ExecutorChanged.newBuilder().setExecutor(executor.outcome())));
    }

    private RunEvent.Builder event() {
        return RunEvent.newBuilder().setRunId(runId).setAtMillis(now.toEpochMilli());
    }

    private void publish(RunEvent.Builder event) {
        add(new Action.Publish(event.build()));
    }
}
