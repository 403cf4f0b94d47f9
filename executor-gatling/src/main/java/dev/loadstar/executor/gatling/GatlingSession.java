package dev.loadstar.executor.gatling;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.loadstar.contract.plan.PlanRevision;
import dev.loadstar.executor.load.Ending;
import dev.loadstar.executor.tool.ToolSession;
import io.gatling.core.controller.Controller;
import io.gatling.core.controller.Controller$Command$Crash;
import io.gatling.core.controller.Controller$Command$StopLoadGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One simulation, or the requests of a definition. A simulation's {@code before} runs from the call of start on, the load at its instant, its {@code after} when no request is on its way any more. */
final class GatlingSession implements ToolSession {

    private static final Logger log = LoggerFactory.getLogger(GatlingSession.class);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Runnable before;
    private final Runnable after;
    private final Engine engine;
    private final LoadDriver driver;
    private final Ending ending;
    private final Thread runner =
            Thread.ofPlatform().name("gatling-load").daemon().unstarted(this::run);

    /**
     * @param before what a simulation does before its load
     * @param after what it does after it
     */
    GatlingSession(Runnable before, Runnable after, Engine engine, LoadDriver driver, Ending ending) {
        this.before = before;
        this.after = after;
        this.engine = engine;
        this.driver = driver;
        this.ending = ending;
    }

    @Override
    public void start(Instant at) {
        driver.startAt(at);
        runner.start();
    }

    @Override
    public void apply(PlanRevision revision) {
        driver.apply(revision);
    }

    @Override
    public void stop(Duration grace) {
        ending.ask(grace);
    }

    @Override
    public ToolEnd await() throws InterruptedException {
        while (runner.isAlive() && !ending.isOver()) {
            runner.join(50);
            if (ending.isTearDownCutDue()) {
                runner.interrupt();
            }
        }
        String failure = ending.failure();
        return failure == null ? ToolEnd.DONE : new ToolEnd(true, failure);
    }

    @Override
    public int activeUsers() {
        return engine.active();
    }

    @Override
    public void close() {
        ending.ask(Duration.ZERO);
        engine.close();
    }

    private void run() {
        boolean begun = false;
        try {
            before.run();
            begun = true;
            driver.lead();
            awaitUsers();
        } catch (RuntimeException | Error e) {
            log.error("the simulation failed", e);
            ending.byFailure((begun ? "The load could not be led: " : "The simulation's `before` failed: ") + e);
        }
        engine.cut();
        if (begun) {
            after();
        }
    }

    private void awaitUsers() {
        while (engine.active() > 0 && !ending.isCutDue()) {
            LockSupport.parkNanos(this, LOOK_NANOS);
        }
    }

    private void after() {
        try {
            after.run();
        } catch (RuntimeException | Error e) {
            log.error("the simulation's after failed", e);
            ending.byFailure("The simulation's `after` failed: " + e);
        }
    }

    /** Obeys what the simulation tells Gatling's controller. */
    static void obey(Controller.Command command, LoadDriver driver, Ending ending) {
        switch (command) {
            case Controller$Command$Crash crash ->
                ending.byFailure("The simulation crashed: " + crash.exception().getMessage());
            case Controller$Command$StopLoadGenerator stop
            when stop.crash() -> ending.byFailure("The simulation crashed the load: " + stop.message());
            case Controller$Command$StopLoadGenerator stop -> driver.endedBySimulation(stop.message());
            default -> log.info("unexpected: {}", command);
        }
    }
}
