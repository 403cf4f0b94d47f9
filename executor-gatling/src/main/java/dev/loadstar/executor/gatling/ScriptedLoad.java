package dev.loadstar.executor.gatling;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.loadstar.contract.plan.PlanRevision;
import dev.loadstar.contract.plan.Stripes;
import dev.loadstar.executor.clock.OwnClock;
import dev.loadstar.executor.load.Ending;
import dev.loadstar.executor.tool.LoadGate;
import io.gatling.core.controller.inject.PopulationFlows;
import io.gatling.core.controller.throttle.Throttler$Command$Start$;
import io.gatling.core.scenario.Population;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;
import scala.concurrent.duration.FiniteDuration;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.BoxedUnit;

/**
 * The simulation's own injection: arrivals and users are numbered over the whole test, and each executor takes those that it
 * owns. A population that follows others begins here when those are through here.
 */
final class ScriptedLoad implements LoadDriver {

    private static final Logger log = LoggerFactory.getLogger(ScriptedLoad.class);
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Stripes stripes;
    private final long seed;
    private final Option<FiniteDuration> maxDuration;
    private final LoadGate gate;
    private final Ending ending;
    private final Engine engine;
    private final Map<String, Injection> injecting = new HashMap<>();
    private PopulationFlows<String, Population> flows;
    private volatile long startNanos;

    /** @param seed of random arrivals, the same on all executors */
    ScriptedLoad(
            Simulation simulation,
            PopulationFlows<String, Population> flows,
            Stripes stripes,
            long seed,
            LoadGate gate,
            Ending ending,
            Engine engine) {
        this.maxDuration = simulation.params().maxDuration();
        this.flows = flows;
        this.stripes = stripes;
        this.seed = seed;
        this.gate = gate;
        this.ending = ending;
        this.engine = engine;
    }

    @Override
    public void startAt(Instant at) {
        startNanos = System.nanoTime() + OwnClock.until(at).toNanos();
    }

    @Override
    public void apply(PlanRevision revision) {
        log.warn("the simulation decides its load; revision {} changes nothing", revision.number());
    }

    @Override
    public void lead() {
        Waits.untilStart(this::elapsed, ending);
        engine.core().throttler().foreach(throttler -> {
            throttler.$bang(Throttler$Command$Start$.MODULE$);
            return BoxedUnit.UNIT;
        });
        beginReady(0);
        while (!ending.isAsked() && !injecting.isEmpty()) {
            long now = elapsed();
            long rest = TICK_NANOS;
            for (Injection injection : List.copyOf(injecting.values())) {
                rest = Math.min(rest, injection.beginDue(now));
            }
            follow();
            if (maxDuration.isDefined() && now >= maxDuration.get().toNanos()) {
                ending.planOver(Duration.ZERO);
            }
            Waits.until(rest);
        }
    }

    private long elapsed() {
        return System.nanoTime() - startNanos;
    }

    /** Lets those populations begin whose turn it is after others are through. */
    private void follow() {
        var through = new ArrayList<String>();
        injecting.forEach((name, injection) -> {
            if (injection.isThrough()) {
                through.add(name);
            }
        });
        if (!through.isEmpty()) {
            through.forEach(name -> {
                injecting.remove(name);
                flows = flows.remove(name);
            });
            beginReady(elapsed());
        }
    }

    private void beginReady(long now) {
        var ready = flows.extractReady();
        flows = ready._2();
        for (Population population : CollectionConverters.asJava(ready._1())) {
            Stripes own = population.shard() ? stripes : Stripes.of(0, 1);
            injecting.put(
                    population.scenario().name(),
                    Injection.of(
                            population, own, seed, new Injection.Course(this::elapsed, now, gate, ending, engine)));
        }
    }

    @Override
    public void endedBySimulation(String message) {
        log.info("the simulation ended the load: {}", message);
        ending.planOver(Duration.ZERO);
    }
}
