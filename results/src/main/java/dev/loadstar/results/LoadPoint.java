package dev.loadstar.results;

import java.time.Instant;

/**
 * The load of one stage in one interval.
 *
 * @param second start of the interval
 * @param unit {@code users} of a closed load, mean over the interval; {@code arrivals} of an open load and {@code iterations}
 *     of one with pacing, per second
 * @param planned by the plan as it was then, changes by people included
 * @param delivered by all executors together
 */
public record LoadPoint(Instant second, String scenario, String stage, String unit, double planned, double delivered) {}
