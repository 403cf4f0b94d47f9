import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;

/**
 * The command line of JMeter itself, from the same jars, on the JVM options that executors are started with, writing a
 * result file as CSV. {@code jmeter.properties} and the rest are those of its release.
 */
record JMeterCli(Path work, Process process, Path results) implements Bare {

    private static final String MAIN = "org.apache.jmeter.NewDriver";

    static JMeterCli start(Load load, int port) throws IOException {
        Path work = Bench.folder();
        Path home = work.resolve("home");
        lay(home);
        Path results = work.resolve("results.jtl");
        // An executor has a session of its own, and the kernel shares its processors out by sessions (autogroups).
        var command = new ArrayList<>(List.of("setsid", Bench.java(), Bench.HEAP));
        command.addAll(Bench.options("executor-jmeter"));
        command.addAll(List.of("-Djmeter.home=" + home, "-cp", classPath(), MAIN));
        command.addAll(List.of("-n", "-t", load.script(work).toString(), "-Jport=" + port));
        command.addAll(List.of("-l", results.toString(), "-j", work.resolve("jmeter.log").toString()));
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("console.log").toFile())
                .start();
        Bench.endWithUs(process);
        return new JMeterCli(work, process, results);
    }

    @Override
    public void await() throws IOException, InterruptedException {
        if (process.waitFor() != 0) {
            throw new IllegalStateException("JMeter failed: " + Files.readString(work.resolve("console.log")));
        }
    }

    /** Elapsed milliseconds of the samples that began later than so many seconds after the first. */
    double[] elapsed(int afterSeconds) throws IOException {
        try (var lines = Files.lines(results)) {
            var samples = lines.skip(1).map(line -> line.split(",", 3)).toList();
            long first = samples.stream().mapToLong(sample -> Long.parseLong(sample[0])).min().orElseThrow();
            return samples.stream()
                    .filter(sample -> Long.parseLong(sample[0]) - first >= afterSeconds * 1000L)
                    .mapToDouble(sample -> Double.parseDouble(sample[1]))
                    .toArray();
        }
    }

    private static List<Path> jars() throws IOException {
        try (var files = Files.walk(Bench.home().resolve("executor-jmeter"))) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        }
    }

    private static String classPath() throws IOException {
        return String.join(File.pathSeparator, jars().stream().map(Path::toString).toList());
    }

    /** JMeter's configuration, which its release has in the folder bin and the repository in a jar. */
    private static void lay(Path home) throws IOException {
        Files.createDirectories(home.resolve("lib/ext"));
        Files.createDirectories(home.resolve("bin"));
        for (Path jar : jars()) {
            try (var opened = new JarFile(jar.toFile())) {
                if (opened.getEntry("bin/jmeter.properties") == null) {
                    continue;
                }
                for (var entry : (Iterable<java.util.jar.JarEntry>) opened.stream()::iterator) {
                    if (entry.getName().startsWith("bin/") && !entry.isDirectory()) {
                        Path to = home.resolve(entry.getName());
                        Files.createDirectories(to.getParent());
                        Files.copy(opened.getInputStream(entry), to);
                    }
                }
                return;
            }
        }
        throw new IllegalStateException("no jar holds JMeter's configuration");
    }
}
