package dev.loadstar.executor.jmeter;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.PlanRevision;
import dev.loadstar.contract.plan.Shard;
import dev.loadstar.contract.plan.Stripe;
import dev.loadstar.executor.load.Ending;
import dev.loadstar.executor.load.IterationBudget;
import dev.loadstar.executor.load.LiveSchedule;
import dev.loadstar.executor.load.RateCap;
import dev.loadstar.executor.load.Supply;
import dev.loadstar.executor.tool.LoadGate;
import dev.loadstar.executor.tool.Recorder;
import dev.loadstar.executor.tool.ToolSession;
import org.apache.jmeter.engine.StandardJMeterEngine;
import org.apache.jmeter.threads.AbstractThreadGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One test plan in JMeter's engine. Set-up groups run from the call of start on, the load at its instant, tear-down groups after it. */
final class JMeterSession implements ToolSession {

    private static final Logger log = LoggerFactory.getLogger(JMeterSession.class);

    private static final long WATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long REPEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final StandardJMeterEngine engine = new StandardJMeterEngine();
    private final Script script;
    private final LoadDriver driver;
    private final Ending ending;
    private final Thread runner =
            Thread.ofPlatform().name("jmeter-engine").daemon().unstarted(this::run);
    private final Thread watch =
            Thread.ofPlatform().name("jmeter-watch").daemon().unstarted(this::watch);
    private volatile boolean compiled;

    private JMeterSession(Script script, LoadDriver driver, Ending ending) {
        this.script = script;
        this.driver = driver;
        this.ending = ending;
    }

    /**
     * Makes the script follow the shard's load.
     *
     * @param supply what its iterations need
     */
    static JMeterSession prepare(Shard shard, Script script, Supply supply, Recorder recorder, LoadGate gate) {
        var ending = new Ending();
        LoadDriver driver = switch (shard.scenario().load()) {
            case Load.Open _ -> {
                var plan = new LiveSchedule(shard);
                yield ScheduledLoad.install(script, plan, new Visitors(plan, supply, gate, ending, recorder));
            }
            case Load.Closed closed -> {
                var plan = new LiveSchedule(shard);
                if (closed.rateCap() != null) {
                    script.add(new CappedRate(plan, new RateCap(plan, shard.index(), shard.of())));
                }
                yield ScheduledLoad.install(script, plan, new Users(plan, supply, gate, ending));
            }
            case Load.Iterations iterations -> {
                var plan = new LiveSchedule(shard);
                var budget = Supply.all(List.of(new IterationBudget(iterations, shard.stripes()), supply));
                yield ScheduledLoad.install(script, plan, new Users(plan, budget, gate, ending));
            }
            case Load.FromScript _ -> ScriptedLoad.install(script, new Stripe(shard.index(), shard.of()), gate, ending);
        };
        var session = new JMeterSession(script, driver, ending);
        var reader = new SampleReader(ending::isCutDue);
        script.add(new SampleTap(reader, recorder, session::compiled));
        session.engine.configure(script.tree());
        return session;
    }

    @Override
    public void start(Instant at) {
        driver.startAt(at);
        runner.start();
        watch.start();
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
            runner.join(100);
        }
        return end();
    }

    @Override
    public int activeUsers() {
        return driver.activeUsers();
    }

    @Override
    public void close() {
        ending.ask(Duration.ZERO);
        script.closeResults();
    }

    private ToolEnd end() {
        String failure = ending.failure();
        if (failure != null) {
            return new ToolEnd(true, failure);
        }
        if (!compiled && !ending.isAsked()) {
            return new ToolEnd(true, "JMeter did not start the test plan; the executor's log says why");
        }
        return ending.isByScript() ? driver.endedByScript() : ToolEnd.DONE;
    }

    private void compiled() {
        compiled = true;
        driver.compiled();
    }

    private void run() {
        try {
            driver.awaitEngineStart();
            engine.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            log.error("JMeter failed", e);
            ending.byFailure("JMeter failed: " + e);
        }
    }

    /** Carries out what {@link Ending} says. A cut is repeated, because one can fall between two samples and be missed. */
    private void watch() {
        boolean told = false;
        while (runner.isAlive() && !ending.isOver()) {
            if (ending.isAsked() && !told) {
                driver.beginNoMore();
                told = true;
            }
            if (ending.isCutDue()) {
                driver.cut();
                script.setUpGroups().forEach(AbstractThreadGroup::tellThreadsToStop);
            }
            if (ending.isTearDownCutDue()) {
                script.tearDownGroups().forEach(AbstractThreadGroup::tellThreadsToStop);
            }
            LockSupport.parkNanos(this, ending.isCutDue() ? REPEAT_NANOS : WATCH_NANOS);
        }
    }
}
