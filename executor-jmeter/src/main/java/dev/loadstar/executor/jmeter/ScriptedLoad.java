package dev.loadstar.executor.jmeter;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

import dev.loadstar.contract.plan.PlanRevision;
import dev.loadstar.contract.plan.Stripe;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.executor.clock.OwnClock;
import dev.loadstar.executor.load.Ending;
import dev.loadstar.executor.tool.LoadGate;
import dev.loadstar.executor.tool.ToolSession.ToolEnd;
import org.apache.jmeter.threads.AbstractThreadGroup;
import org.apache.jmeter.threads.JMeterContextService;
import org.apache.jmeter.threads.openmodel.OpenModelThreadGroup;
import org.apache.jmeter.util.JMeterUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The script's own thread groups with their own schedules, divided over the executors as {@link Division} says. */
final class ScriptedLoad implements LoadDriver, Iterations {

    private static final Logger log = LoggerFactory.getLogger(ScriptedLoad.class);
    private static final long WAIT_NANOS = Duration.ofMillis(10).toNanos();
    private static final String SEED = "OpenModelThreadGroup.random_seed";

    private final Stripe stripe;
    private final LoadGate gate;
    private final Ending ending;
    private final boolean hasSetUp;
    private final List<AbstractThreadGroup> groups = new ArrayList<>();

    /** Groups that have to be told that the load ends, because their threads do not ask or are yet to be made. */
    private final List<AbstractThreadGroup> told = new ArrayList<>();

    private volatile long startNanos;

    private ScriptedLoad(Stripe stripe, LoadGate gate, Ending ending, boolean hasSetUp) {
        this.stripe = stripe;
        this.gate = gate;
        this.ending = ending;
        this.hasSetUp = hasSetUp;
    }

    static ScriptedLoad install(Script script, Stripe stripe, LoadGate gate, Ending ending) {
        var load = new ScriptedLoad(stripe, gate, ending, !script.setUpGroups().isEmpty());
        script.mainGroups().forEach(load::add);
        return load;
    }

    private void add(AbstractThreadGroup group) {
        groups.add(group);
        if (divisionOf(group) instanceof Division.OfNumbers) {
            shareSeed(group);
            IterationController.install(group, () -> isOwn() && mayBegin());
            told.add(group);
        } else if (!IterationController.install(group, this)) {
            told.add(group);
        }
    }

    private static Division divisionOf(AbstractThreadGroup group) {
        return Division.of(
                group.getClass().getName(),
                name -> Optional.of(group.getPropertyAsString(name).strip()));
    }

    /** Whether the number of the user, or of the arrival, that asks belongs to this executor. */
    private boolean isOwn() {
        return stripe.owns(JMeterContextService.getContext().getThreadNum());
    }

    /** Executors only agree on random arrivals if they draw them from one seed. */
    private void shareSeed(AbstractThreadGroup group) {
        if (group instanceof OpenModelThreadGroup && List.of("", "0").contains(group.getPropertyAsString(SEED))) {
            String run = JMeterUtils.getPropDefault("loadstar.run", "") + "/" + groups.size();
            group.setProperty(SEED, String.valueOf(run.hashCode() == 0 ? 1 : run.hashCode()));
        }
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
        for (AbstractThreadGroup group : groups) {
            switch (divisionOf(group)) {
                case Division.OfUsers(String property) -> divide(group, property);
                case Division.OfNumbers() ->
                    log.info("group '{}': numbers {} of {}", group.getName(), stripe.index(), stripe.of());
                case Division.Impossible(String why) -> refuse(group, why);
            }
        }
    }

    /** What an inspection could not foresee: the engine must not start its groups. */
    private void refuse(AbstractThreadGroup group, String why) {
        if (stripe.of() > 1) {
            String message =
                    "'%s' cannot be divided over %d executors: %s".formatted(group.getName(), stripe.of(), why);
            ending.byFailure(message);
            throw new LoadstarException(ErrorCode.SCRIPT_INVALID, message);
        }
    }

    private void divide(AbstractThreadGroup group, String property) {
        int total = group.getPropertyAsInt(property);
        int share = (int) stripe.share(total);
        log.info("group '{}': {} of {} users", group.getName(), share, total);
        group.removeProperty(property);
        group.setProperty(property, String.valueOf(share));
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
        told.forEach(AbstractThreadGroup::stop);
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
