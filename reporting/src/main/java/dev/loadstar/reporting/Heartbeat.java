package dev.loadstar.reporting;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;

/** Does what must be done also when no record comes. */
final class Heartbeat implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);

    private final ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("reporting-beat").factory());

    Heartbeat(Merger merger, AbortRules rules, TargetMetrics target) {
        every(500, "close runs", merger::beat);
        every(500, "judge the rules that stop runs", rules::look);
        every(1_000, "tell live views", merger::tick);
        every(1_000, "ask for what targets tell", () -> target.look(merger.withQueries()));
        every(5_000, "tell results", merger::resend);
    }

    private void every(int millis, String what, Runnable work) {
        var _ = beats.scheduleWithFixedDelay(() -> survive(what, work), millis, millis, TimeUnit.MILLISECONDS);
    }

    /** Whatever goes wrong, such as a database that is away, the next beat tries again. */
    private static void survive(String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            log.warn("Could not {}: {}", what, e.getMessage(), e);
        }
    }

    @Override
    public void destroy() throws InterruptedException {
        beats.shutdown();
        var _ = beats.awaitTermination(5, TimeUnit.SECONDS);
    }
}
