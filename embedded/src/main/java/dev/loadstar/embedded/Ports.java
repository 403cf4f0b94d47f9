package dev.loadstar.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.type.TypeReference;

/**
 * Ports of this machine, chosen once by name and then kept in a file: what outlives a crash of the server finds its way
 * back to it.
 */
final class Ports {

    private static final Logger log = LoggerFactory.getLogger(Ports.class);
    /** Under the range from which systems take the ports of outgoing connections, which could sit on ours after a crash. */
    private static final int LOWEST = 20_000;

    private static final int HIGHEST = 30_000;
    private static final int TRIES = 200;

    private final Path file;
    private final Map<String, Integer> chosen;
    private final Random random = new Random();

    private Ports(Path file, Map<String, Integer> chosen) {
        this.file = file;
        this.chosen = new TreeMap<>(chosen);
    }

    static Ports keptIn(Path file) {
        return new Ports(file, read(file));
    }

    /** The port of that name, another one if something else has taken it in the meantime. */
    synchronized int get(String name) {
        Integer port = chosen.get(name);
        if (port != null && isFree(port)) {
            return port;
        }
        int other = choose();
        if (port != null) {
            log.warn("Port {} of {} is in use by something else, now {}", port, name, other);
        }
        chosen.put(name, other);
        write();
        return other;
    }

    private int choose() {
        for (int i = 0; i < TRIES; i++) {
            int port = random.nextInt(LOWEST, HIGHEST);
            if (!chosen.containsValue(port) && isFree(port)) {
                return port;
            }
        }
        throw new LoadstarException(ErrorCode.NO_CAPACITY, "no free port between %d and %d".formatted(LOWEST, HIGHEST));
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static Map<String, Integer> read(Path file) {
        try {
            return Files.exists(file)
                    ? Json.mapper().readValue(Files.readString(file), new TypeReference<Map<String, Integer>>() {})
                    : Map.of();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private void write() {
        try {
            Path next = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(next, Json.writePretty(chosen));
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
