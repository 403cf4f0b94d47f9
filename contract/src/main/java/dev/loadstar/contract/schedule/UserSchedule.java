package dev.loadstar.contract.schedule;

import java.time.Duration;

import dev.loadstar.contract.plan.Load;

/**
 * How many users a closed load wants at each instant, as one sequence for the whole test: user {@code k} is wanted
 * while more than {@code k} users are planned. Executors own users in stripes, so that their sum is exact.
 */
public final class UserSchedule {

    private final StageLine line;
    private final int maxUsers;
    private final Duration duration;

    private UserSchedule(Load.Closed load) {
        line = StageLine.of(load);
        maxUsers = load.stages().stream().mapToInt(Load.Stage::users).reduce(load.startUsers(), Math::max);
        duration = load.plannedDuration();
    }

    public static UserSchedule of(Load.Closed load) {
        return new UserSchedule(load);
    }

    public Duration duration() {
        return duration;
    }

    /** Planned users at that time after the start of the load, as the line that the stages draw; 0 before and after. */
    public double planned(Duration sinceStart) {
        return line.at(sinceStart);
    }

    /** Whole users wanted at that time: a ramp's next user starts when the line passes the middle towards it. */
    public int users(Duration sinceStart) {
        return (int) Math.round(planned(sinceStart));
    }

    /** The most users that are ever wanted. */
    public int maxUsers() {
        return maxUsers;
    }

    /** Name of the stage at that time; the last one's after the end, the first one's before the start. */
    public String stageAt(Duration sinceStart) {
        return line.stageAt(sinceStart);
    }
}
