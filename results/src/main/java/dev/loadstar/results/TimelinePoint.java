package dev.loadstar.results;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One interval of a run's requests, merged over executors and series.
 *
 * @param second start of the interval
 * @param p50 ms, as p95 and p99; null without a request in it
 */
public record TimelinePoint(
        Instant second,
        long requests,
        long errors,
        @Nullable Double p50,
        @Nullable Double p95,
        @Nullable Double p99,
        @Nullable Double activeUsers,
        @Nullable Double plannedUsers) {}
