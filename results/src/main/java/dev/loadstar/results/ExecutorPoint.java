package dev.loadstar.results;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One executor in one interval.
 *
 * @param second start of the interval
 * @param activeUsers mean over the interval, as {@code plannedUsers}, which is null where the script decides
 * @param cpu mean share of its limit, 0…1
 * @param heapBytes used, at most
 * @param gcPauseMs in all
 * @param lagMs the longest that a thread slept on after the instant at which it wanted to wake; null where not measured
 * @param receivedPerSecond bytes that came to the machine or container that it is in, as {@code sentPerSecond} went out;
 *     null where the system does not tell
 */
public record ExecutorPoint(
        int executor,
        Instant second,
        long requests,
        long errors,
        double activeUsers,
        @Nullable Double plannedUsers,
        double cpu,
        long heapBytes,
        long gcPauseMs,
        @Nullable Double lagMs,
        @Nullable Double receivedPerSecond,
        @Nullable Double sentPerSecond) {}
