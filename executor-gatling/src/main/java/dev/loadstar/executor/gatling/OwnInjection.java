package dev.loadstar.executor.gatling;

import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.loadstar.contract.plan.Load;
import io.gatling.core.controller.inject.InjectionProfile;
import io.gatling.core.controller.inject.closed.ClosedInjectionProfile;
import io.gatling.core.controller.inject.closed.ClosedInjectionStep;
import io.gatling.core.controller.inject.closed.CompositeClosedInjectionStepLike;
import io.gatling.core.controller.inject.closed.ConstantConcurrentUsersInjection;
import io.gatling.core.controller.inject.closed.RampConcurrentUsersInjection;
import io.gatling.core.controller.inject.open.OpenInjectionProfile;
import io.gatling.core.controller.inject.open.OpenInjectionStep;
import io.gatling.core.controller.inject.open.PoissonOpenInjection;
import scala.collection.Iterator;
import scala.collection.Iterator$;
import scala.concurrent.duration.FiniteDuration;
import scala.jdk.javaapi.CollectionConverters;

/** The load that a simulation itself injects of a population. */
sealed interface OwnInjection {

    /** Users in all of an open one, most users at once of a closed one; -1 where that is not known. */
    long size();

    /** Users that arrive. */
    record Open(List<OpenInjectionStep> steps) implements OwnInjection {

        @Override
        public long size() {
            return steps.stream().mapToLong(OpenInjectionStep::users).sum();
        }

        /**
         * When each user arrives after the start, in order. Executors only agree on random arrivals if they draw them from
         * one seed.
         */
        Iterator<FiniteDuration> arrivals(long seed) {
            Iterator<FiniteDuration> arrivals = Iterator$.MODULE$.empty();
            for (int i = steps.size() - 1; i >= 0; i--) {
                arrivals = seeded(steps.get(i), seed + i).chain(arrivals);
            }
            return arrivals;
        }

        private static OpenInjectionStep seeded(OpenInjectionStep step, long seed) {
            return step instanceof PoissonOpenInjection random
                    ? new PoissonOpenInjection(random.duration(), random.startRate(), random.endRate(), seed)
                    : step;
        }
    }

    /** A number of users at once. */
    record Closed(Load.Closed load) implements OwnInjection {

        @Override
        public long size() {
            return load.stages().stream().mapToLong(Load.Stage::users).max().orElse(0);
        }
    }

    /** Of a kind that Gatling's open source does not have. */
    record Unknown(String kind) implements OwnInjection {

        @Override
        public long size() {
            return -1;
        }
    }

    static OwnInjection of(InjectionProfile profile) {
        return switch (profile) {
            case OpenInjectionProfile open -> new Open(steps(open));
            case ClosedInjectionProfile closed -> new Closed(load(steps(closed)));
            default -> new Unknown(profile.getClass().getName());
        };
    }

    private static Load.Closed load(List<ClosedInjectionStep> steps) {
        var stages = new ArrayList<Load.Stage>();
        steps.forEach(step -> add(step, stages));
        return new Load.Closed(0, stages, Duration.ZERO);
    }

    private static void add(ClosedInjectionStep step, List<Load.Stage> stages) {
        switch (step) {
            case ConstantConcurrentUsersInjection hold ->
                stages.add(stage(hold.duration(), hold.number(), Load.Shape.JUMP));
            case RampConcurrentUsersInjection ramp -> {
                stages.add(stage(FiniteDuration.apply(0, "ms"), ramp.from(), Load.Shape.JUMP));
                stages.add(stage(ramp.duration(), ramp.to(), Load.Shape.RAMP));
            }
            case CompositeClosedInjectionStepLike several ->
                CollectionConverters.asJava(several.composite().steps()).forEach(one -> add(one, stages));
            default -> throw new IllegalStateException("an injection step of an unknown kind: " + step);
        }
    }

    private static Load.Stage stage(FiniteDuration duration, int users, Load.Shape shape) {
        return new Load.Stage(Load.FromScript.STAGE, Duration.ofNanos(duration.toNanos()), users, shape, true);
    }

    /** Gatling keeps them to itself. */
    @SuppressWarnings("unchecked")
    private static <S> List<S> steps(InjectionProfile profile) {
        try {
            Field steps = profile.getClass().getDeclaredField("steps");
            steps.setAccessible(true);
            return List.copyOf(CollectionConverters.asJava((scala.collection.immutable.List<S>) steps.get(profile)));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This Gatling keeps its injection steps elsewhere", e);
        }
    }
}
