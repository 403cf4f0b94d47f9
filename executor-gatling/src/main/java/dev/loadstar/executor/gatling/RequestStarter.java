package dev.loadstar.executor.gatling;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import dev.loadstar.contract.plan.Requests;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.executor.load.Ending;
import dev.loadstar.executor.load.LiveSchedule;
import dev.loadstar.executor.load.RateCap;
import dev.loadstar.executor.record.MaskingRecorder;
import dev.loadstar.executor.request.Step;
import dev.loadstar.executor.request.Visit;
import dev.loadstar.executor.request.Visits;
import dev.loadstar.executor.tool.Recorder;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/** Sends a definition's requests with Gatling's HTTP client. */
final class RequestStarter implements Starter {

    private final Rules rules;
    private final Visits visits;
    private final HttpClients clients;
    private final Recorder recorder;
    private final Ending ending;

    RequestStarter(Rules rules, Visits visits, HttpClients clients, Recorder recorder, Ending ending) {
        this.rules = rules;
        this.visits = visits;
        this.clients = clients;
        this.recorder = recorder;
        this.ending = ending;
    }

    /**
     * What holds for all iterations.
     *
     * @param steps of one, in order
     */
    record Rules(
            Requests requests,
            List<Supplier<Step>> steps,
            RunPlan.Target target,
            SampleErrors errors,
            Sending sending) {}

    /** Whoever goes through one iteration, and whom that is told to. */
    record Visitor(Visit visit, HttpClients.Client client, Recorder recorder) {}

    /**
     * When requests may be sent.
     *
     * @param cap null for none
     */
    record Sending(@Nullable RateCap cap, LiveSchedule plan) {

        void later(Duration pause, EventLoop eventLoop, Runnable send) {
            if (pause.isZero()) {
                inTurn(eventLoop, send);
            } else {
                var _ = eventLoop.schedule(() -> inTurn(eventLoop, send), pause.toNanos(), TimeUnit.NANOSECONDS);
            }
        }

        private void inTurn(EventLoop eventLoop, Runnable send) {
            long wait = cap == null ? 0 : cap.take() - plan.elapsed();
            if (wait <= 0) {
                send.run();
            } else {
                var _ = eventLoop.schedule(send, wait, TimeUnit.NANOSECONDS);
            }
        }
    }

    @Override
    public boolean begin(long number, long intendedMicros, Runnable atEnd) {
        Visit visit = visits.next(ending);
        if (visit == null) {
            return false;
        }
        HttpClients.Client client = clients.of(number);
        Recorder masking = visits.areSensitive() ? MaskingRecorder.of(recorder, visit.mask()) : recorder;
        var visitor = new Visitor(visit, client, masking);
        client.begin(end -> new RequestIteration(rules, visitor, intendedMicros, end).next(), atEnd);
        return true;
    }

    @Override
    public boolean isSpent() {
        return visits.isSpent();
    }
}
