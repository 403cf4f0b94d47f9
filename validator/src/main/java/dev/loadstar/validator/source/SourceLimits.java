package dev.loadstar.validator.source;

import java.time.Duration;

/**
 * How big and slow a source may be.
 *
 * @param bytes all files together, and also what is fetched at once
 * @param files number of them
 * @param time for reading a repository from afar
 */
public record SourceLimits(long bytes, int files, Duration time) {}
