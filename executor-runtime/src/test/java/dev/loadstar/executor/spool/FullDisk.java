package dev.loadstar.executor.spool;

import java.nio.file.Path;
import java.time.Duration;

/** Fills the small disk it is given, and says what the spool made of it. */
final class FullDisk {

    private FullDisk() {}

    public static void main(String[] args) throws Exception {
        try (var spool = Spool.open(Path.of(args[0]), 1 << 30, 100_000)) {
            int accepted = 0;
            while (spool.append(new byte[1_000], false)) {
                accepted++;
            }
            boolean last = spool.append(new byte[1_000], true);
            System.out.println("last record " + last);
            int read = 0;
            while (spool.next(Duration.ZERO) != null) {
                read++;
            }
            System.out.println("all of them read " + (read == accepted + (last ? 1 : 0)));
        }
    }
}
