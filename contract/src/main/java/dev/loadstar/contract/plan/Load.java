package dev.loadstar.contract.plan;

import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/** How much load a scenario makes over time, in totals for the whole test. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "model")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Load.Closed.class, name = "closed"),
    @JsonSubTypes.Type(value = Load.Iterations.class, name = "iterations"),
    @JsonSubTypes.Type(value = Load.FromScript.class, name = "fromScript")
})
public sealed interface Load {

    /** Length without graceful stop, at most; null where the script decides. */
    @Nullable
    Duration plannedDuration();

    Duration gracefulStop();

    /** A number of users that each begin anew as soon as they are done. */
    record Closed(int startUsers, List<Stage> stages, Duration gracefulStop) implements Load {
        public Closed {
            stages = List.copyOf(stages);
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

    /** Way to the stage's value: linear over its duration, at once and then held, or held from before (equal to jump for the first stage). */
    enum Shape {
        RAMP,
        HOLD,
        JUMP
    }
}
