package dev.loadstar.executor.jmeter;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;

/**
 * JMeter's properties files in the repository: in its root and beside the script, where the same name counts more.
 *
 * @param jmeter from {@code jmeter.properties}, then {@code user.properties}
 * @param system from {@code system.properties}
 */
record PropertyFiles(Map<String, String> jmeter, Map<String, String> system) {

    /** System properties whose values are paths, relative to the same places as the script's own. */
    private static final Set<String> PATHS = Set.of(
            "javax.net.ssl.keyStore",
            "javax.net.ssl.trustStore",
            "java.security.auth.login.config",
            "java.security.krb5.conf");

    /** What JMeter's command line is given with {@code -D}; libraries and the JDK read it from the system. */
    private static final List<String> SYSTEM_PREFIXES =
            List.of("java.", "javax.", "jdk.", "sun.", "http.", "https.", "socksProxy");

    static PropertyFiles of(ScriptFiles files) {
        var jmeter = new TreeMap<String, String>();
        var system = new TreeMap<String, String>();
        for (String name : List.of("jmeter.properties", "user.properties")) {
            files.places().forEach(place -> read(place.resolve(name), jmeter));
        }
        files.places().forEach(place -> read(place.resolve("system.properties"), system));
        return new PropertyFiles(jmeter, system);
    }

    private static void read(Path file, Map<String, String> into) {
        if (!Files.isRegularFile(file)) {
            return;
        }
        var properties = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            properties.load(in);
        } catch (IOException | IllegalArgumentException e) {
            throw new LoadstarException(
                    ErrorCode.SCRIPT_INVALID, "%s cannot be read: %s".formatted(file.getFileName(), e.getMessage()), e);
        }
        properties.forEach((name, value) -> into.put(String.valueOf(name), String.valueOf(value)));
    }

    static boolean isOfTheSystem(String name) {
        return SYSTEM_PREFIXES.stream().anyMatch(name::startsWith);
    }

    static boolean isPath(String name) {
        return PATHS.contains(name);
    }
}
