package dev.loadstar.validator.source;

import java.time.Duration;

/**
 * How big and slow a source may be.
 *
 * @param bytes all files together, and also what is fetched at once
 * @param files number of them
 * @param time for reading a repository from afar
 */
public record SourceLimits(long bytes, int files, Duration time) {

    private static final long FITS_INTO_MEMORY = 100L << 20;

    /** Of a repository, in bytes: git may hold a file as a difference, which is unpacked in memory. */
    long largestFile() {
        return Math.min(bytes, FITS_INTO_MEMORY);
    }

    /** Files, folders, links and submodules together: a few of them can lead to each other without end. */
    long entries() {
        return 4L * files;
    }
}
