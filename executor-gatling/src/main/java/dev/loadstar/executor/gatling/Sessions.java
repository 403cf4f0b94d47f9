package dev.loadstar.executor.gatling;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.Requests;
import dev.loadstar.contract.plan.Shard;
import dev.loadstar.executor.load.Arrivals;
import dev.loadstar.executor.load.Ending;
import dev.loadstar.executor.load.IterationBudget;
import dev.loadstar.executor.load.LiveSchedule;
import dev.loadstar.executor.load.RateCap;
import dev.loadstar.executor.load.Supply;
import dev.loadstar.executor.request.RequestSteps;
import dev.loadstar.executor.request.Visits;
import dev.loadstar.executor.script.ScriptValues;
import dev.loadstar.executor.secret.Secrets;
import dev.loadstar.executor.tool.LoadGate;
import dev.loadstar.executor.tool.Recorder;
import dev.loadstar.executor.tool.RowSource;
import io.gatling.core.actor.ActorRef;
import io.gatling.core.actor.ActorSystem;
import io.gatling.core.config.GatlingConfiguration;
import io.gatling.core.controller.throttle.Throttler;
import org.jspecify.annotations.Nullable;
import scala.Option;

/** Puts what users do and a shard's load together. */
final class Sessions {

    private final Shard shard;
    private final GatlingConfiguration configuration;
    private final Recorder recorder;
    private final LoadGate gate;
    private final Ending ending = new Ending();
    private final Iterations iterations = new Iterations();
    private final SampleErrors errors = new SampleErrors(ending::isCutDue);
    private final AtomicReference<LoadDriver> driver = new AtomicReference<>();
    private final LiveSchedule plan;

    Sessions(Shard shard, GatlingConfiguration configuration, Recorder recorder, LoadGate gate) {
        this.shard = shard;
        this.configuration = configuration;
        this.recorder = recorder;
        this.gate = gate;
        this.plan = new LiveSchedule(shard);
    }

    /** A session of a simulation, ready to start. */
    GatlingSession of(Simulation simulation) {
        Populations.Throttling held = throttling();
        var engine = engine(throttles(held, simulation));
        try {
            var watch = new HttpWatch(iterations, shard.target()::allows);
            var populations = new Populations(simulation.params(), engine, watch, held);
            LoadDriver leading = shard.scenario().load() instanceof Load.FromScript
                    ? new ScriptedLoad(simulation, populations.flows(), shard.stripes(), seed(), gate, ending, engine)
                    : scheduled(new PopulationChoice(populations.all(), engine), engine);
            driver.set(leading);
            return new GatlingSession(simulation::before, simulation::after, engine, leading, ending);
        } catch (RuntimeException | Error e) {
            engine.close();
            throw e;
        }
    }

    /**
     * A session of a definition's requests, ready to start.
     *
     * @throws IOException if a file cannot be read, or an address makes no sense
     */
    GatlingSession of(Requests requests, Secrets secrets, Path workspace, RowSource rows) throws IOException {
        var steps = RequestSteps.of(requests, shard, secrets, workspace);
        var visits = Visits.of(shard, workspace, rows);
        var engine = engine(Throttles.none());
        boolean returning = !(shard.scenario().load() instanceof Load.Open);
        var sending = new RequestStarter.Sending(cap(), plan);
        var rules = new RequestStarter.Rules(requests, steps, shard.target(), errors, sending);
        var starter = new RequestStarter(rules, visits, new HttpClients(engine, returning), recorder, ending);
        LoadDriver leading = scheduled(starter, engine);
        driver.set(leading);
        return new GatlingSession(() -> {}, () -> {}, engine, leading, ending);
    }

    private Engine engine(Function<ActorSystem, Option<ActorRef<Throttler.Command>>> throttling) {
        return new Engine(
                configuration,
                iterations,
                new SampleStats(iterations, recorder, errors),
                command -> GatlingSession.obey(command, Objects.requireNonNull(driver.get()), ending),
                throttling);
    }

    private LoadDriver scheduled(Starter starter, Engine engine) {
        return switch (shard.scenario().load()) {
            case Load.Closed _ -> users(Supply.all(List.of()), starter);
            case Load.Iterations some -> users(new IterationBudget(some, shard.stripes()), starter);
            case Load.Open _ ->
                new ScheduledArrivals(plan, new Arrivals(plan, gate, recorder), starter, ending, engine);
            case Load.FromScript _ -> throw new IllegalArgumentException("no script has a load here");
        };
    }

    private LoadDriver users(Supply supply, Starter starter) {
        return new ScheduledUsers(plan, supply, starter, gate, ending);
    }

    private Populations.Throttling throttling() {
        return switch (shard.scenario().load()) {
            case Load.FromScript _ -> Populations.Throttling.OF_SIMULATION;
            case Load.Closed _, Load.Open _, Load.Iterations _ ->
                cap() == null ? Populations.Throttling.NONE : Populations.Throttling.OF_PLATFORM;
        };
    }

    private Function<ActorSystem, Option<ActorRef<Throttler.Command>>> throttles(
            Populations.Throttling held, Simulation simulation) {
        return switch (held) {
            case NONE -> Throttles.none();
            case OF_SIMULATION -> Throttles.ofSimulation(simulation, configuration, shard.stripes());
            case OF_PLATFORM -> Throttles.ofPlatform(Objects.requireNonNull(cap()), plan);
        };
    }

    private @Nullable RateCap cap() {
        return shard.scenario().load() instanceof Load.Closed closed && closed.rateCap() != null
                ? new RateCap(plan, shard.index(), shard.of())
                : null;
    }

    /** The same on all executors of a run. */
    private long seed() {
        return (System.getProperty(ScriptValues.RUN, "") + "/"
                        + shard.scenario().name())
                .hashCode();
    }
}
