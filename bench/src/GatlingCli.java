import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Gatling by itself, {@code io.gatling.app.Gatling} as its build plug-ins start it, from the same jars, on the JVM options
 * that executors are started with, writing its simulation.log. It makes no report and contacts nobody but the target.
 */
record GatlingCli(Path work, Process process) implements Bare {

    private static final String PROGRAM = "executor-gatling";

    static GatlingCli start(Load load, int port) throws IOException, InterruptedException {
        Path work = Bench.folder();
        String jars = Bench.home().resolve(PROGRAM) + "/*";
        Path classes = compiled(new Simulation(load).source(work), jars);
        // An executor has a session of its own, and the kernel shares its processors out by sessions (autogroups).
        var command = new ArrayList<>(List.of("setsid", Bench.java(), Bench.HEAP));
        command.addAll(Bench.options(PROGRAM));
        command.addAll(List.of("-Dgatling.http.warmUpUrl=", "-Dgatling.data.enableAnalytics=false", "-Dport=" + port));
        command.addAll(List.of("-cp", classes + File.pathSeparator + jars, "io.gatling.app.Gatling"));
        command.addAll(List.of("-s", Simulation.CLASS, "-rf", work.resolve("results").toString(), "-nr"));
        var process = new ProcessBuilder(command)
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("console.log").toFile())
                .start();
        Bench.endWithUs(process);
        return new GatlingCli(work, process);
    }

    private static Path compiled(Path source, String jars) throws IOException, InterruptedException {
        Path classes = Files.createDirectories(source.resolveSibling("classes"));
        var javac = new ProcessBuilder(
                Bench.java() + "c", "-cp", jars, "-d", classes.toString(), source.toString());
        if (javac.inheritIO().start().waitFor() != 0) {
            throw new IllegalStateException("the simulation does not compile");
        }
        return classes;
    }

    @Override
    public void await() throws IOException, InterruptedException {
        if (process.waitFor() != 0) {
            throw new IllegalStateException("Gatling failed: " + Files.readString(work.resolve("console.log")));
        }
    }
}
