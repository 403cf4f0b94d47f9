package dev.loadstar.server;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the server was called with.
 *
 * @param port 0 for any free one
 * @param allowLocalGit whether repositories on this machine's disk may be read, for trying things out
 * @param properties of the server, {@code -D key=value}
 */
record Arguments(int port, Path data, boolean allowLocalGit, Map<String, String> properties) {

    static final String USAGE = "usage: server [--port N] [--data DIR] [--allow-local-git] [-D key=value]...";

    private static final int DEFAULT_PORT = 8080;
    private static final int HIGHEST_PORT = 65_535;

    Arguments {
        properties = Map.copyOf(properties);
    }

    /** @throws StartFailure if they are not what {@link #USAGE} says */
    static Arguments parse(String... words) {
        Deque<String> rest = new ArrayDeque<>(List.of(words));
        int port = DEFAULT_PORT;
        Path data = DataDirectory.defaultPlace();
        boolean allowLocalGit = false;
        var properties = new LinkedHashMap<String, String>();
        while (!rest.isEmpty()) {
            String word = rest.pop();
            switch (word) {
                case "--port" -> port = port(value(word, rest));
                case "--data" -> data = Path.of(value(word, rest));
                case "--allow-local-git" -> allowLocalGit = true;
                default -> {
                    String property = property(word, rest);
                    int sign = property.indexOf('=');
                    properties.put(property.substring(0, sign), property.substring(sign + 1));
                }
            }
        }
        return new Arguments(port, data.toAbsolutePath().normalize(), allowLocalGit, properties);
    }

    private static String property(String word, Deque<String> rest) {
        if (!word.startsWith("-D")) {
            throw new StartFailure("%s is not an argument of the server.".formatted(word), USAGE);
        }
        String property = word.length() > 2 ? word.substring(2) : value(word, rest);
        if (property.indexOf('=') < 1) {
            throw new StartFailure("-D %s has no value.".formatted(property), "Write it as -D key=value.");
        }
        return property;
    }

    private static String value(String option, Deque<String> rest) {
        if (rest.isEmpty()) {
            throw new StartFailure("%s wants a value.".formatted(option), USAGE);
        }
        return rest.pop();
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= HIGHEST_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Said below, with the number that is too large.
        }
        throw new StartFailure("%s is not a port.".formatted(text), "A port is a number from 1 to 65535.");
    }
}
