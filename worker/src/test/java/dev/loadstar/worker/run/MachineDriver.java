package dev.loadstar.worker.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.loadstar.contract.run.WorkerAssignment;
import dev.loadstar.contract.wire.FromExecutor;
import dev.loadstar.contract.wire.RunEnded;
import dev.loadstar.contract.wire.RunEvent;
import dev.loadstar.contract.wire.ToExecutor;

/** Plays everybody around a {@link RunMachine}: executors with session number = executor number, Kafka, processes and time. */
final class MachineDriver {

    private final RunMachine machine;
    private final int executors;
    private final List<Action> actions = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-21T12:00:00Z");

    MachineDriver(WorkerAssignment run) {
        this.machine = new RunMachine(run, Limits.of(run.plan()), now);
        this.executors = run.plan().shards().size();
        tell(new Message.Begin());
    }

    /** Opened on Kafka, every executor launched, connected and ready: the start is ordered. */
    MachineDriver started() {
        tell(new Message.Opened());
        for (int executor = 1; executor <= executors; executor++) {
            hello(executor);
            ready(executor);
        }
        return this;
    }

    MachineDriver tell(Message message) {
        actions.addAll(machine.on(message, now));
        return this;
    }

    MachineDriver say(int executor, FromExecutor.Builder what) {
        return tell(new Message.Said(executor, executor, what.build()));
    }

    MachineDriver hello(int executor) {
        return say(
                executor,
                FromExecutor.newBuilder()
                        .setHello(FromExecutor.Hello.newBuilder()
                                .setExecutor(executor)
                                .setHost("here")));
    }

    MachineDriver ready(int executor) {
        return say(executor, FromExecutor.newBuilder().setReady(FromExecutor.Ready.getDefaultInstance()));
    }

    MachineDriver refuse(int executor, String code, String problem) {
        var ready = FromExecutor.Ready.newBuilder().setProblemCode(code).setProblem(problem);
        return say(executor, FromExecutor.newBuilder().setReady(ready));
    }

    MachineDriver heartbeat(int executor, long produced, boolean loadRunning, int backlog) {
        var heartbeat = FromExecutor.Heartbeat.newBuilder()
                .setProbeNanos(42)
                .setProduced(produced)
                .setLoadRunning(loadRunning)
                .setSpoolBacklog(backlog);
        return say(executor, FromExecutor.newBuilder().setHeartbeat(heartbeat));
    }

    /** Its last word and, as a process does, its end. */
    MachineDriver ended(int executor) {
        return lastWord(executor).processEnded(executor, 0);
    }

    MachineDriver lastWord(int executor) {
        return say(
                executor,
                FromExecutor.newBuilder()
                        .setEnded(FromExecutor.Ended.newBuilder().setProduced(100)));
    }

    MachineDriver toolFailed(int executor, String message) {
        var ended = FromExecutor.Ended.newBuilder().setToolFailed(true).setMessage(message);
        return say(executor, FromExecutor.newBuilder().setEnded(ended)).processEnded(executor, 1);
    }

    MachineDriver processEnded(int executor, int exitCode) {
        return tell(new Message.ProcessEnded(executor, exitCode));
    }

    /** Time with ticks, in which these executors go on with their heartbeats. */
    MachineDriver pass(Duration time, Integer... alive) {
        Instant end = now.plus(time);
        while (now.isBefore(end)) {
            now = now.plusMillis(500);
            Arrays.stream(alive).forEach(executor -> heartbeat(executor, 10, true, 0));
            tell(new Message.Tick());
        }
        return this;
    }

    /** The worker itself does nothing for that long. */
    MachineDriver stall(Duration time) {
        now = now.plus(time);
        return tell(new Message.Tick());
    }

    Instant now() {
        return now;
    }

    <T extends Action> Stream<T> actions(Class<T> type) {
        return actions.stream().filter(type::isInstance).map(type::cast);
    }

    /** Kinds of what was sent to the executor, without answers to heartbeats. */
    List<ToExecutor.KindCase> sent(int executor) {
        return messages(executor)
                .map(ToExecutor::getKindCase)
                .filter(kind -> kind != ToExecutor.KindCase.BEAT)
                .toList();
    }

    Stream<ToExecutor> messages(int executor) {
        return actions(Action.Send.class)
                .filter(send -> send.session() == executor)
                .map(Action.Send::message);
    }

    List<RunEvent.KindCase> events() {
        return actions(Action.Publish.class)
                .map(publish -> publish.event().getKindCase())
                .toList();
    }

    List<Integer> stopped() {
        return actions(Action.StopProcess.class)
                .map(Action.StopProcess::executor)
                .toList();
    }

    Optional<RunEnded> end() {
        return actions(Action.Finish.class).map(Action.Finish::ended).findFirst();
    }
}
