package dev.loadstar.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * One process of this machine, told apart from a later one with the same number.
 *
 * @param birth clock ticks from boot to its start; empty on systems without {@code /proc}
 * @param noted when this was written down, at most moments after its start
 */
record ProcessMark(long pid, String birth, Instant noted) {

    /** Wall clocks are set; ticks since boot are not. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);

    /** @param line {@code <pid> <birth>} */
    static ProcessMark parse(String line, Instant noted) {
        String[] parts = line.strip().split(" ", 2);
        return new ProcessMark(Long.parseLong(parts[0]), parts.length > 1 ? parts[1] : "", noted);
    }

    boolean isAlive() {
        return birth.isEmpty() ? isAliveByInstant() : isAliveByTicks();
    }

    private boolean isAliveByInstant() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .flatMap(process -> process.info().startInstant())
                .filter(start -> Duration.between(start, noted).abs().compareTo(CLOCK_TOLERANCE) <= 0)
                .isPresent();
    }

    /** A zombie counts as ended: nobody may ever collect it where process 1 is an ordinary program. */
    private boolean isAliveByTicks() {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return birth.equals(fields[19]) && !"ZX".contains(fields[0]);
        } catch (IOException e) {
            return false;
        }
    }
}
