package dev.loadstar.acceptance;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import dev.loadstar.contract.run.RunDocument;

/** The processes of one run, each itself and not the shell that keeps its exit code. */
record RunProcesses(StandaloneServer server, RunDocument run) {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    ProcessHandle executor(int number) {
        return one("--executor " + number);
    }

    ProcessHandle worker() {
        return one(StandaloneServer.HOME.resolve("worker").toString());
    }

    /** Waits until it is there. */
    private ProcessHandle one(String like) {
        return Waiting.until(like, PATIENCE, () -> all(like), found -> found.size() == 1)
                .getFirst();
    }

    private List<ProcessHandle> all(String like) {
        return server.jobProcesses(run.id()).stream()
                .filter(process -> process.info().command().orElse("").endsWith("/java"))
                .filter(process -> process.info().commandLine().orElse("").contains(like))
                .toList();
    }

    static void freeze(ProcessHandle process) throws IOException, InterruptedException {
        signal("STOP", process);
    }

    static void thaw(ProcessHandle process) throws IOException, InterruptedException {
        signal("CONT", process);
    }

    private static void signal(String name, ProcessHandle process) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }
}
