package dev.loadstar.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.run.EndReason;
import dev.loadstar.contract.run.WorkerAssignment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Program {@code worker}: carries out the run that {@code assignment.json} in its working directory describes, or, with
 * {@code --rehearse}, loads what such a run loads.
 */
public final class WorkerMain {

    private static final Logger log = LoggerFactory.getLogger(WorkerMain.class);

    private WorkerMain() {}

    /** Exits with 0 when the run ended in any named way, and with 1 when that could not be told or the worker failed. */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (List.of(args).equals(List.of("--rehearse"))) {
            Rehearsal.carryOut(Path.of(""));
            System.exit(0);
        }
        Path file = Path.of(WorkerAssignment.FILE);
        var assignment = Json.read(Files.readString(file), WorkerAssignment.class);
        // It holds secrets, and this folder is kept for its log.
        Files.delete(file);
        log.info("Run {} number {} of project {}", assignment.runId(), assignment.number(), assignment.project());
        var worker = new Worker(assignment, Settings.of(System.getenv()));
        var done = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> drain(worker, done), "drain"));
        int exitCode = 1;
        try {
            exitCode = worker.run() ? 0 : 1;
        } finally {
            done.countDown();
        }
        System.exit(exitCode);
    }

    /** SIGTERM: the run ends first, with a named reason. */
    private static void drain(Worker worker, CountDownLatch done) {
        worker.stop(EndReason.PLATFORM_ERROR, "The worker was asked to end.");
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
