package dev.loadstar.reporting;

/** Which run, as every row and message names it; {@code partition} is that of all its records. */
record RunRef(String runId, String project, int number, int partition) {}
