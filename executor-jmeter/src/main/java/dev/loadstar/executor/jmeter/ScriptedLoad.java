package dev.loadstar.executor.jmeter;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import dev.loadstar.contract.plan.PlanRevision;
import dev.loadstar.contract.schedule.Stripe;
import dev.loadstar.executor.clock.OwnClock;
import dev.loadstar.executor.tool.LoadGate;
import dev.loadstar.executor.tool.ToolSession.ToolEnd;
import org.apache.jmeter.testelement.property.NullProperty;
import org.apache.jmeter.threads.AbstractThreadGroup;
import org.apache.jmeter.threads.JMeterContextService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The script's own thread groups, their users divided over the executors. A group without a number of users, such as an
 * open-model one, cannot be divided and runs on the first executor alone.
 */
final class ScriptedLoad implements LoadDriver, Iterations {

    private static final Logger log = LoggerFactory.getLogger(ScriptedLoad.class);
    private static final long WAIT_NANOS = Duration.ofMillis(10).toNanos();

    private final Stripe stripe;
    private final LoadGate gate;
    private final Ending ending;
    private final boolean hasSetUp;
    private final List<AbstractThreadGroup> groups = new ArrayList<>();
    private final List<AbstractThreadGroup> unasked = new ArrayList<>();
    private volatile long startNanos;

    private ScriptedLoad(Stripe stripe, LoadGate gate, Ending ending, boolean hasSetUp) {
        this.stripe = stripe;
        this.gate = gate;
        this.ending = ending;
        this.hasSetUp = hasSetUp;
    }

    static ScriptedLoad install(Script script, Stripe stripe, LoadGate gate, Ending ending) {
        var load = new ScriptedLoad(stripe, gate, ending, !script.setUpGroups().isEmpty());
        for (var group : script.mainGroups()) {
            if (stripe.index() > 0 && !hasUsers(group)) {
                script.remove(group);
            } else {
                load.add(group);
            }
        }
        return load;
    }

    private void add(AbstractThreadGroup group) {
        groups.add(group);
        if (!IterationController.install(group, this)) {
            unasked.add(group);
        }
    }

    private static boolean hasUsers(AbstractThreadGroup group) {
        return !(group.getProperty(AbstractThreadGroup.NUM_THREADS) instanceof NullProperty);
    }

    @Override
    public void startAt(Instant at) {
        startNanos = System.nanoTime() + OwnClock.until(at).toNanos();
    }

    /** Without set-up groups the engine starts at the instant itself; with them the first iterations wait for it. */
    @Override
    public void awaitEngineStart() throws InterruptedException {
        while (!hasSetUp && !isDue() && !ending.isAsked()) {
            Thread.sleep(Duration.ofNanos(Math.clamp(startNanos - System.nanoTime(), 1, WAIT_NANOS)));
        }
    }

    @Override
    public void compiled() {
        groups.stream().filter(ScriptedLoad::hasUsers).forEach(this::divide);
    }

    private void divide(AbstractThreadGroup group) {
        int total = group.getNumThreads();
        int share = (int) stripe.share(total);
        log.info("group '{}': {} of {} users", group.getName(), share, total);
        group.removeProperty(AbstractThreadGroup.NUM_THREADS);
        group.setNumThreads(share);
    }

    @Override
    public boolean mayBegin() {
        while (!ending.isAsked()) {
            if (gate.isOpen() && isDue()) {
                return true;
            }
            LockSupport.parkNanos(this, WAIT_NANOS);
        }
        return false;
    }

    private boolean isDue() {
        return System.nanoTime() - startNanos >= 0;
    }

    /** The script decides its load; there is nothing to revise. */
    @Override
    public void apply(PlanRevision revision) {
        log.info("revision {} does not concern a load that the script decides", revision.number());
    }

    @Override
    public int activeUsers() {
        return JMeterContextService.getNumberOfThreads();
    }

    @Override
    public void beginNoMore() {
        unasked.forEach(AbstractThreadGroup::stop);
    }

    @Override
    public void cut() {
        groups.forEach(AbstractThreadGroup::tellThreadsToStop);
    }

    @Override
    public ToolEnd endedByScript() {
        return ToolEnd.DONE;
    }
}
