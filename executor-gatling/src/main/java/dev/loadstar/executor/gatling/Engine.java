package dev.loadstar.executor.gatling;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;

import io.gatling.core.CoreComponents;
import io.gatling.core.action.Exit;
import io.gatling.core.actor.ActorRef;
import io.gatling.core.actor.ActorSystem;
import io.gatling.core.config.GatlingConfiguration;
import io.gatling.core.controller.Controller;
import io.gatling.core.controller.throttle.Throttler;
import io.gatling.core.scenario.Population;
import io.gatling.core.scenario.Scenario;
import io.gatling.core.session.Session;
import io.gatling.core.session.Session$;
import io.gatling.core.stats.StatsEngine;
import io.gatling.netty.util.Transports;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Function1;
import scala.Option;
import scala.runtime.BoxedUnit;

/**
 * Gatling's engine without its injector and controller: iterations begin when they are told to, and end by themselves or by
 * a cut. Safe for many threads.
 */
final class Engine implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Engine.class);
    private static final long END_MILLIS = 1_500;

    private final ActorSystem system = new ActorSystem();
    private final EventLoopGroup eventLoops;
    private final CoreComponents core;
    private final Iterations iterations;
    private final AtomicLong userIds = new AtomicLong();
    private final AtomicInteger active = new AtomicInteger();
    private final AtomicBoolean cut = new AtomicBoolean();

    /**
     * @param orders takes what a simulation tells the controller: that the load is to end
     * @param throttling what lets requests through, in a load that is throttled
     */
    Engine(
            GatlingConfiguration configuration,
            Iterations iterations,
            StatsEngine stats,
            Consumer<Controller.Command> orders,
            Function<ActorSystem, Option<ActorRef<Throttler.Command>>> throttling) {
        this.iterations = iterations;
        this.eventLoops = Transports.newEventLoopGroup(
                configuration.netty().useNativeTransport(),
                configuration.netty().useIoUring(),
                0,
                "gatling");
        // An iteration tells its own end; nobody waits for what Gatling's injector would be told.
        var exit = new Exit(new Orders<>("injector", end -> {}));
        this.core = new CoreComponents(
                system,
                eventLoops,
                new Orders<>("controller", orders),
                throttling.apply(system),
                stats,
                EngineSettings.CLOCK,
                exit,
                configuration);
    }

    CoreComponents core() {
        return core;
    }

    /** One for a new user. */
    EventLoop eventLoop() {
        return eventLoops.next();
    }

    /**
     * Lets a user of a simulation begin at once.
     *
     * @param intendedMicros when the schedule wanted it, or -1 where no schedule does
     * @param atEnd called on the user's event loop once its user is through, not after a cut
     */
    void begin(Population population, long intendedMicros, Runnable atEnd) {
        EventLoop eventLoop = eventLoops.next();
        var iteration = new Iteration(population.scenario().name(), intendedMicros);
        begin(
                eventLoop,
                end -> {
                    iterations.begun(iteration);
                    enter(population.scenario(), iteration, eventLoop, end);
                },
                () -> {
                    iterations.ended(iteration);
                    atEnd.run();
                });
    }

    private void enter(Scenario scenario, Iteration iteration, EventLoop eventLoop, Runnable end) {
        Function1<Session, BoxedUnit> onExit = session -> {
            try {
                scenario.onExit().apply(session);
            } finally {
                end.run();
            }
            return BoxedUnit.UNIT;
        };
        Session session = Session$.MODULE$.apply(iteration.scenario(), userIds.incrementAndGet(), onExit, eventLoop);
        scenario.entry().$bang(scenario.onStart().apply(session));
    }

    /**
     * Lets anybody begin at once.
     *
     * @param way what is done on the event loop, which runs what it is given when it is through
     * @param atEnd called then, not after a cut
     */
    void begin(EventLoop eventLoop, Consumer<Runnable> way, Runnable atEnd) {
        var inside = new AtomicBoolean(true);
        active.incrementAndGet();
        Runnable end = () -> {
            if (inside.compareAndSet(true, false)) {
                active.decrementAndGet();
                if (!cut.get()) {
                    atEnd.run();
                }
            }
        };
        try {
            eventLoop.execute(() -> {
                try {
                    way.accept(end);
                } catch (RuntimeException e) {
                    log.error("a user could not begin", e);
                    end.run();
                }
            });
        } catch (RejectedExecutionException e) {
            active.decrementAndGet(); // the engine was cut
        }
    }

    /** Users that are inside an iteration at this moment. */
    int active() {
        return cut.get() ? 0 : active.get();
    }

    /** Ends whatever still runs: requests on their way fail, none is sent any more. */
    void cut() {
        if (cut.compareAndSet(false, true)) {
            system.close();
            eventLoops.shutdownGracefully(0, END_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly(END_MILLIS);
        }
    }

    @Override
    public void close() {
        cut();
    }
}
