package dev.loadstar.contract.schedule;

/**
 * One start of a scenario's iteration that the schedule wants.
 *
 * @param index in the sequence of the whole test, from 0 on
 * @param dueNanos since the start of the scenario's load
 */
public record Arrival(long index, long dueNanos) {}
