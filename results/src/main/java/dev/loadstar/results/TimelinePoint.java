package dev.loadstar.results;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One interval of a run's requests, merged over executors and series.
 *
 * @param second start of the interval; {@code length} of it in seconds
 * @param p50 ms, as p95, p99 and p95Intended; null without a request in it
 * @param plannedRate arrivals of open loads per second that the plan wants, null where none is open
 * @param arrivalRate those that were begun, null where nothing was told of any; droppedRate those that were dropped
 */
public record TimelinePoint(
        Instant second,
        int length,
        long requests,
        long errors,
        @Nullable Double p50,
        @Nullable Double p95,
        @Nullable Double p99,
        @Nullable Double activeUsers,
        @Nullable Double plannedUsers,
        @Nullable Double p95Intended,
        @Nullable Double plannedRate,
        @Nullable Double arrivalRate,
        @Nullable Double droppedRate) {}
