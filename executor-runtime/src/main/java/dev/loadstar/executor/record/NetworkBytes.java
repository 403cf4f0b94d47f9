package dev.loadstar.executor.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Bytes that the interfaces of this machine or container have moved since it began.
 *
 * @param received over all interfaces, as {@code sent}
 */
record NetworkBytes(long received, long sent) {

    private static final Path INTERFACES = Path.of("/proc/self/net/dev");
    private static final int SENT_COLUMN = 8;

    /** Null where the system does not tell. */
    static @Nullable NetworkBytes now() {
        try {
            return sum(Files.readAllLines(INTERFACES));
        } catch (IOException | NumberFormatException e) {
            return null;
        }
    }

    /** Of lines such as {@code eth0: 1024 8 0 0 0 0 0 0 2048 9 …}; those without a name are headings. */
    static NetworkBytes sum(List<String> lines) {
        long received = 0;
        long sent = 0;
        for (String line : lines) {
            int name = line.indexOf(':');
            String[] columns = line.substring(name + 1).strip().split("\\s+", -1);
            if (name > 0 && columns.length > SENT_COLUMN) {
                received += Long.parseLong(columns[0]);
                sent += Long.parseLong(columns[SENT_COLUMN]);
            }
        }
        return new NetworkBytes(received, sent);
    }
}
