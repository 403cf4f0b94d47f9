package dev.loadstar.platform.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

import org.springframework.util.unit.DataSize;

/** The disk of the data directory, which must not get full while runs are on their way: what they measure would be lost. */
final class FreeDisk {

    private final Path data;
    private final long least;

    FreeDisk(Path data, DataSize least) {
        this.data = data;
        this.least = least.toBytes();
    }

    /** What is lacking and what to do about it, in one sentence; empty while there is room. */
    Optional<String> lack() {
        long free = usable();
        return free >= least
                ? Optional.empty()
                : Optional.of(
                        "No run is taken in: the disk of %s has %s left, and %s stay free (loadstar.runs.min-free-disk); make room there, or keep runs for fewer days (./loadstar keep DAYS)"
                                .formatted(data, gigabytes(free), gigabytes(least)));
    }

    private long usable() {
        try {
            return Files.getFileStore(data).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException("the data directory cannot be read", e);
        }
    }

    private static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GB", bytes / (double) (1 << 30));
    }
}
