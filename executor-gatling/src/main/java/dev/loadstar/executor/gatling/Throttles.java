package dev.loadstar.executor.gatling;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import dev.loadstar.contract.plan.Stripes;
import dev.loadstar.executor.load.LiveSchedule;
import dev.loadstar.executor.load.RateCap;
import io.gatling.core.actor.ActorRef;
import io.gatling.core.actor.ActorSystem;
import io.gatling.core.config.GatlingConfiguration;
import io.gatling.core.controller.throttle.Throttler;
import io.gatling.core.controller.throttle.Throttler$Command$ThrottledRequest;
import io.gatling.core.controller.throttle.Throttling;
import io.gatling.core.controller.throttle.Throttlings;
import scala.Function0;
import scala.Option;
import scala.collection.immutable.Map;
import scala.runtime.BoxedUnit;

/** What holds requests back before they are sent. */
final class Throttles {

    private Throttles() {}

    static Function<ActorSystem, Option<ActorRef<Throttler.Command>>> none() {
        return system -> Option.empty();
    }

    /** This executor's part of what the simulation allows, by Gatling's own means. */
    static Function<ActorSystem, Option<ActorRef<Throttler.Command>>> ofSimulation(
            Simulation simulation, GatlingConfiguration configuration, Stripes stripes) {
        Throttlings all = simulation.params().throttlings(configuration);
        Map<String, Throttling> perScenario = all.perScenario()
                .view()
                .mapValues(one -> part(one, stripes))
                .toMap(scala.$less$colon$less$.MODULE$.refl());
        var own = new Throttlings(all.global().map(one -> part(one, stripes)), perScenario);
        return system -> Throttler.actor(own).map(system::actorOf);
    }

    private static Throttling part(Throttling whole, Stripes stripes) {
        return new Throttling(second -> {
            int limit = (int) whole.limit().apply(second);
            return Math.toIntExact(stripes.share(limit));
        });
    }

    /** Sends requests no closer to each other than the cap allows. */
    static Function<ActorSystem, Option<ActorRef<Throttler.Command>>> ofPlatform(RateCap cap, LiveSchedule plan) {
        return system -> {
            ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("rate-cap").daemon().factory());
            system.registerOnTermination(timer::shutdownNow);
            return Option.apply(new Orders<>("rate-cap", command -> {
                if (command instanceof Throttler$Command$ThrottledRequest request) {
                    send(request.request(), cap.take() - plan.elapsed(), timer);
                }
            }));
        };
    }

    private static void send(Function0<BoxedUnit> request, long wait, ScheduledExecutorService timer) {
        if (wait <= 0) {
            request.apply();
        } else {
            var _ = timer.schedule(() -> request.apply(), wait, TimeUnit.NANOSECONDS);
        }
    }
}
