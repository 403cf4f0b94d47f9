package dev.loadstar.worker.run;

import java.time.Duration;

/**
 * How long a run waits for what.
 *
 * @param lease an executor makes load for so long after the worker's last word
 * @param silence an executor that says nothing for so long is lost
 * @param startLead least time from the order to start to the start itself
 * @param stopGrace given to iterations when a run is stopped
 * @param killAfter a stopped executor that has not ended by then is killed
 * @param slack added to the planned end before the run is taken for stuck
 * @param unplanned longest run of a script that decides its own load
 * @param away how long measured data may wait for an absent broker after the load is over
 */
public record Limits(
        Duration lease,
        Duration silence,
        Duration startLead,
        Duration stopGrace,
        Duration killAfter,
        Duration slack,
        Duration unplanned,
        Duration away) {

    public static final Limits STANDARD = new Limits(
            Duration.ofSeconds(10),
            Duration.ofMillis(3500),
            Duration.ofMillis(400),
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofHours(24),
            Duration.ofMinutes(5));

    public Limits withAway(Duration time) {
        return new Limits(lease, silence, startLead, stopGrace, killAfter, slack, unplanned, time);
    }
}
