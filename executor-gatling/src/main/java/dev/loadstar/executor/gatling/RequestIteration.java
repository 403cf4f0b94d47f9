package dev.loadstar.executor.gatling;

import java.io.IOException;
import java.util.Iterator;
import java.util.function.Supplier;

import dev.loadstar.executor.clock.OwnClock;
import dev.loadstar.executor.request.Outgoing;
import dev.loadstar.executor.request.Step;
import dev.loadstar.executor.request.Visit;
import dev.loadstar.executor.tool.HostRefusedException;
import dev.loadstar.executor.tool.Recorder;
import dev.loadstar.executor.tool.Sample;
import io.gatling.http.cookie.CookieJar;
import io.gatling.http.cookie.CookieJar$;

/** One iteration of one user over a definition's requests, as a visitor who was never here. Goes its way on the user's event loop. */
final class RequestIteration {

    final RequestStarter.Rules rules;
    final HttpClients.Client client;
    final Visit visit;
    final Recorder recorder;
    private final Iterator<Supplier<Step>> steps;
    private final Runnable end;
    private long intendedMicros;
    private CookieJar cookies = CookieJar$.MODULE$.Empty();

    /** @param end run when it is through */
    RequestIteration(RequestStarter.Rules rules, RequestStarter.Visitor visitor, long intendedMicros, Runnable end) {
        this.rules = rules;
        this.steps = rules.steps().iterator();
        this.visit = visitor.visit();
        this.client = visitor.client();
        this.recorder = visitor.recorder();
        this.intendedMicros = intendedMicros;
        this.end = end;
    }

    /** The next request, or the end. */
    void next() {
        if (!steps.hasNext() || visit.isOver()) {
            client.leave();
            end.run();
            return;
        }
        Step step = steps.next().get();
        rules.sending().later(step.thinkTime(), client.eventLoop(), () -> send(step));
    }

    private void send(Step step) {
        Outgoing outgoing;
        try {
            outgoing = step.in(visit);
        } catch (IOException e) {
            long now = Exchanges.micros(OwnClock.now());
            String kind = e instanceof HostRefusedException ? HostRefusedException.KIND : "other";
            recorder.record(new Sample(
                    step.name(), Sample.Kind.REQUEST, now, takeIntended(), 0, -1, -1, 0, 0, kind, e.getMessage()));
            step.unanswered(visit);
            next();
            return;
        }
        new RequestCall(this, step, outgoing).begin();
    }

    /** For the first request alone: the others wait for it. */
    long takeIntended() {
        long intended = intendedMicros;
        intendedMicros = -1;
        return intended;
    }

    CookieJar cookies() {
        return cookies;
    }

    void keep(CookieJar jar) {
        cookies = jar;
    }
}
