package dev.loadstar.contract.plan;

import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/** How much load a scenario makes over time, in totals for the whole test. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "model")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Load.Open.class, name = "open"),
    @JsonSubTypes.Type(value = Load.Closed.class, name = "closed"),
    @JsonSubTypes.Type(value = Load.Iterations.class, name = "iterations"),
    @JsonSubTypes.Type(value = Load.FromScript.class, name = "fromScript")
})
public sealed interface Load {

    /** Length without graceful stop, at most; null where the script decides. */
    @Nullable
    Duration plannedDuration();

    Duration gracefulStop();

    /** Whether it says when each iteration is to begin, so that latency can be counted from then on. */
    default boolean hasSchedule() {
        return switch (this) {
            case Open _ -> true;
            case Closed closed -> closed.pacing().isPositive();
            case Iterations _, FromScript _ -> false;
        };
    }

    /**
     * Arrivals at a rate, whether or not those before are done.
     *
     * @param startRate arrivals per second from which the first stage starts
     * @param seed of {@link Arrivals#POISSON}: the same one gives the same instants
     * @param maxUsers at once; an arrival above it is dropped and counted
     */
    record Open(
            double startRate, List<RateStage> stages, Arrivals arrivals, long seed, int maxUsers, Duration gracefulStop)
            implements Load {
        public Open {
            stages = List.copyOf(stages);
        }

        @Override
        public Duration plannedDuration() {
            return stages.stream().map(RateStage::duration).reduce(Duration.ZERO, Duration::plus);
        }
    }

    /**
     * A number of users that each begin anew as soon as they are done.
     *
     * @param pacing grid of each user's own on which its iterations begin, overdue ones at once; zero for none
     * @param rateCap most requests per second; null for no cap
     */
    record Closed(
            int startUsers,
            List<Stage> stages,
            Duration pacing,
            @Nullable Double rateCap,
            Duration gracefulStop) implements Load {

        /** A plan of an older server has no pacing. */
        public Closed {
            stages = List.copyOf(stages);
            pacing = pacing == null ? Duration.ZERO : pacing;
        }

        /** Without pacing and without a cap. */
        public Closed(int startUsers, List<Stage> stages, Duration gracefulStop) {
            this(startUsers, stages, Duration.ZERO, null, gracefulStop);
        }

        @Override
        public Duration plannedDuration() {
            return stages.stream().map(Stage::duration).reduce(Duration.ZERO, Duration::plus);
        }
    }

    /**
     * A number of iterations that some users share; over when they are done.
     *
     * @param users at once
     * @param iterations of the whole test
     * @param maxDuration ends it in any case
     */
    record Iterations(int users, long iterations, Duration maxDuration, Duration gracefulStop) implements Load {

        /** The one stage of such a scenario. */
        public static final String STAGE = "iterations";

        @Override
        public Duration plannedDuration() {
            return maxDuration;
        }

        /** The same users for as long as they may take. */
        public Closed asClosed() {
            return new Closed(users, List.of(new Stage(STAGE, maxDuration, users, Shape.HOLD, true)), gracefulStop);
        }
    }

    /** The script's own load, divided over the executors where the tool can. */
    record FromScript(Duration gracefulStop) implements Load {

        /** The one stage of such a scenario. */
        public static final String STAGE = "script";

        @Override
        public @Nullable Duration plannedDuration() {
            return null;
        }
    }

    /**
     * @param users value at the stage's end
     * @param measure false: shown, but judged by no assertion
     */
    record Stage(String name, Duration duration, int users, Shape shape, boolean measure) {}

    /**
     * @param rate arrivals per second at the stage's end
     * @param measure false: shown, but judged by no assertion
     */
    record RateStage(String name, Duration duration, double rate, Shape shape, boolean measure) {}

    /** How arrivals are spaced. */
    enum Arrivals {
        /** As evenly as the rate allows. */
        EVEN,
        /** As of many users who do not know of each other: gaps are exponentially distributed. */
        POISSON
    }

    /** Way to the stage's value: linear over its duration, at once and then held, or held from before (equal to jump for the first stage). */
    enum Shape {
        RAMP,
        HOLD,
        JUMP
    }
}
