package dev.loadstar.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.run.WorkerAssignment;
import dev.loadstar.embedded.EmbeddedKafka;
import dev.loadstar.launcher.Job;
import dev.loadstar.launcher.JobSpec;
import dev.loadstar.launcher.ProcessLauncher;

/** A product with the programs {@code worker} and {@code executor-probe}, a launcher and a broker, in one folder. */
final class Installation {

    private static final Duration END = Duration.ofSeconds(60);

    private final Path folder;
    private final ProcessLauncher launcher;
    private EmbeddedKafka kafka;

    Installation(Path folder) throws IOException {
        this.folder = folder;
        program("worker", WorkerMain.class);
        program("executor-probe", ProbeExecutor.class);
        launcher = new ProcessLauncher(home(), jobs());
        kafka = EmbeddedKafka.start(folder.resolve("kafka"));
    }

    /** A class path in the arguments file wins over the jars of the program's folder. */
    private void program(String name, Class<?> main) throws IOException {
        Path program = Files.createDirectories(home().resolve(name));
        Files.writeString(
                program.resolve("launch.args"),
                "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto -XX:-UsePerfData\n-cp \"%s\"\n%s\n"
                        .formatted(System.getProperty("java.class.path"), main.getName()));
    }

    Path home() {
        return folder.resolve("home");
    }

    Path jobs() {
        return folder.resolve("jobs");
    }

    Path blobs() {
        return folder.resolve("blobs");
    }

    ProcessLauncher launcher() {
        return launcher;
    }

    String bootstrap() {
        return kafka.bootstrapServers();
    }

    void stopKafka() {
        kafka.close();
    }

    void startKafka() {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"));
    }

    Job launch(WorkerAssignment run, Map<String, String> environment) {
        return launcher.launch(new JobSpec(
                run.runId() + "-worker",
                run.runId(),
                "worker",
                List.of(),
                Map.of(WorkerAssignment.FILE, Json.write(run)),
                environment,
                64));
    }

    Job awaitWorker(WorkerAssignment run) throws InterruptedException {
        return launcher.await(run.runId() + "-worker", END);
    }

    Job executor(WorkerAssignment run, int number) {
        return launcher.find(run.runId() + "-executor-" + number).orElseThrow();
    }

    void close() throws InterruptedException {
        for (Job job : launcher.list()) {
            launcher.stop(job.id(), Duration.ZERO);
        }
        for (Job job : launcher.list()) {
            launcher.await(job.id(), END);
        }
        kafka.close();
    }
}
