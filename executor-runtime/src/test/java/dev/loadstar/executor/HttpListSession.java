package dev.loadstar.executor;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.PlanRevision;
import dev.loadstar.contract.plan.Shard;
import dev.loadstar.contract.plan.Stripe;
import dev.loadstar.contract.schedule.UserSchedule;
import dev.loadstar.executor.tool.Exchange;
import dev.loadstar.executor.tool.LoadGate;
import dev.loadstar.executor.tool.Recorder;
import dev.loadstar.executor.tool.Sample;
import dev.loadstar.executor.tool.ToolSession;
import org.jspecify.annotations.Nullable;

/** Users as virtual threads; user k runs iterations while the schedule wants more than k. */
final class HttpListSession implements ToolSession {

    private static final Duration LOOK = Duration.ofMillis(5);

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<HttpListTool.Step> steps;
    private final Recorder recorder;
    private final LoadGate gate;
    private final Load.Closed load;
    private final Stripe stripe;
    private final List<Thread> users = new ArrayList<>();
    private final AtomicInteger active = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile Instant start = Instant.MAX;
    private volatile Instant cutOff = Instant.MAX;
    private volatile boolean stopping;
    private volatile @Nullable PlanRevision revision;

    HttpListSession(Shard shard, List<HttpListTool.Step> steps, Recorder recorder, LoadGate gate) {
        this.steps = steps;
        this.recorder = recorder;
        this.gate = gate;
        this.load = (Load.Closed) shard.scenario().load();
        this.stripe = new Stripe(shard.index(), shard.of());
    }

    @Override
    public void start(Instant at) {
        start = at;
        Thread.ofVirtual().start(this::drive);
    }

    @Override
    public void apply(PlanRevision change) {
        revision = change;
    }

    @Override
    public void stop(Duration grace) {
        cutOff = Instant.now().plus(grace);
        stopping = true;
    }

    @Override
    public ToolEnd await() throws InterruptedException {
        over.await();
        return ToolEnd.DONE;
    }

    @Override
    public int activeUsers() {
        return active.get();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private void drive() {
        try {
            var schedule = UserSchedule.of(load);
            Instant end = start.plus(schedule.duration());
            while (!stopping && Instant.now().isBefore(end)) {
                int wanted = (int) stripe.share(wanted());
                while (users.size() < wanted) {
                    int n = users.size();
                    users.add(Thread.ofVirtual().start(() -> use(n)));
                }
                Thread.sleep(LOOK);
            }
            Instant last = stopping ? cutOff : end.plus(load.gracefulStop());
            stopping = true;
            for (Thread user : users) {
                Duration left = Duration.between(Instant.now(), last);
                if (!left.isPositive() || !user.join(left)) {
                    client.shutdownNow();
                    user.interrupt();
                    user.join();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            over.countDown();
        }
    }

    private int wanted() {
        Instant now = Instant.now();
        PlanRevision changed = revision;
        Load.Closed current =
                changed != null && !now.isBefore(start.plus(changed.after())) ? (Load.Closed) changed.load() : load;
        return UserSchedule.of(current).users(Duration.between(start, now));
    }

    private void use(int number) {
        try {
            while (!stopping) {
                if (gate.isOpen() && stripe.share(wanted()) > number) {
                    active.incrementAndGet();
                    iterate();
                    active.decrementAndGet();
                } else {
                    Thread.sleep(LOOK);
                }
            }
        } catch (InterruptedException e) {
            active.decrementAndGet();
        }
    }

    private void iterate() throws InterruptedException {
        for (HttpListTool.Step step : steps) {
            var request = HttpRequest.newBuilder(step.url()).build();
            long startMicros = Instant.now().toEpochMilli() * 1_000;
            long sent = System.nanoTime();
            String error;
            byte[] body = {};
            try {
                var response = client.send(request, BodyHandlers.ofByteArray());
                body = response.body();
                error = response.statusCode() >= 400 ? "http." + response.statusCode() : null;
            } catch (IOException e) {
                error = "other";
            }
            long took = (System.nanoTime() - sent) / 1_000;
            record(
                    step,
                    new Sample(
                            step.label(),
                            Sample.Kind.REQUEST,
                            startMicros,
                            -1,
                            took,
                            -1,
                            -1,
                            body.length,
                            0,
                            error,
                            error),
                    body);
        }
    }

    private void record(HttpListTool.Step step, Sample sample, byte[] body) {
        String error = sample.errorKind();
        if (error == null) {
            recorder.record(sample);
        } else {
            recorder.record(
                    sample,
                    () -> new Exchange(
                            new Exchange.Side("GET " + step.url(), new byte[0], 0, ""),
                            new Exchange.Side(error, body, body.length, "")));
        }
    }
}
