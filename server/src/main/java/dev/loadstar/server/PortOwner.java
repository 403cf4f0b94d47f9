package dev.loadstar.server;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the process that listens on a port of this machine, where the system tells: {@code /proc}, and one's own processes. */
final class PortOwner {

    private static final String LISTENING = "0A";
    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;

    private PortOwner() {}

    static Optional<ProcessHandle> of(int port) {
        Set<String> sockets = Stream.of("tcp", "tcp6")
                .flatMap(table -> sockets(Path.of("/proc/net", table), ":%04X".formatted(port)))
                .collect(Collectors.toSet());
        return sockets.isEmpty()
                ? Optional.empty()
                : ProcessHandle.allProcesses()
                        .filter(process -> hasOpen(process.pid(), sockets))
                        .findFirst();
    }

    private static Stream<String> sockets(Path table, String port) {
        try {
            List<String> lines = Files.readAllLines(table);
            return lines.stream()
                    .skip(1)
                    .map(line -> line.strip().split("\\s+"))
                    .filter(row -> row[LOCAL_ADDRESS].endsWith(port) && row[STATE].equals(LISTENING))
                    .map(row -> "socket:[%s]".formatted(row[INODE]));
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private static boolean hasOpen(long pid, Set<String> sockets) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "fd"))) {
            for (Path file : files) {
                if (sockets.contains(Files.readSymbolicLink(file).toString())) {
                    return true;
                }
            }
        } catch (IOException | RuntimeException e) {
            // It is another user's, or it has just ended.
        }
        return false;
    }
}
