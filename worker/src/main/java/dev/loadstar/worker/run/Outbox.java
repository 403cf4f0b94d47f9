package dev.loadstar.worker.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.wire.PlanRevised;
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

    /** On the stream that is open, if one is. */
    void send(ExecutorTrack to, ToExecutor message) {
        send(to, to.session(), message);
    }

    void send(ExecutorTrack to, long session, ToExecutor message) {
        to.said(now);
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

    void planRevised(String scenario, int number, Duration after, Load load) {
        add(new Action.Revised(PlanRevised.newBuilder()
                .setScenario(scenario)
                .setNumber(number)
                .setAfterNanos(after.toNanos())
                .setLoadJson(Json.write(load))
                .build()));
    }

    void loadChanged(Message.LoadChange wanted, Duration after, String stage) {
        publish(event().setLoadChanged(RunEvent.LoadChanged.newBuilder()
                .setId(wanted.id())
                .setAfterNanos(after.toNanos())
                .setStage(stage)));
    }

    void loadNotChanged(Message.LoadChange wanted, String why) {
        note("the load is not changed: " + why);
        publish(event().setLoadChanged(
                        RunEvent.LoadChanged.newBuilder().setId(wanted.id()).setRefused(why)));
    }

    private RunEvent.Builder event() {
        return RunEvent.newBuilder().setRunId(runId).setAtMillis(now.toEpochMilli());
    }

    private void publish(RunEvent.Builder event) {
        add(new Action.Publish(event.build()));
    }
}
