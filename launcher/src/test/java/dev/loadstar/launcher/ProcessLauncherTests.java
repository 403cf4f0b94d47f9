package dev.loadstar.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import dev.loadstar.contract.problem.LoadstarException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class ProcessLauncherTests extends LauncherCompatibilityKit {

    @Override
    Launcher launcher(Path home, Path state) {
        return new ProcessLauncher(home, state.resolve("jobs"));
    }

    @Test
    void jobSurvivesItsKilledStarterAndItsExitCodeIsKnown() throws InterruptedException {
        Path jobs = jobs();
        Job starter = launcher().launch(probe("starter", "launch", home().toString(), jobs.toString(), "child"));
        awaitLog("starter");

        ProcessHandle.of(starter.pid()).orElseThrow().destroyForcibly();
        assertThat(launcher().await("starter", Duration.ofSeconds(20)).exitCode())
                .isEqualTo(137);

        assertThat(launcher().find("child").orElseThrow().isRunning()).isTrue();
        launcher().stop("child", Duration.ofSeconds(20));
        assertThat(launcher().await("child", Duration.ofSeconds(20)).exitCode()).isEqualTo(143);
    }

    @Test
    void folderThatCannotBeWrittenIsSaidAtOnce() throws IOException {
        Files.createDirectories(jobs().resolve("a-1"));
        Files.writeString(jobs().resolve("a-1").resolve("claimed"), "in the way of the folder");

        assertThatThrownBy(() -> launcher().launch(probe("a-1", "sleep")))
                .isInstanceOf(LoadstarException.class)
                .hasMessageContaining("cannot be written");
    }

    @Test
    void programThatCannotBeNotedIsNotLeftBehind() throws IOException {
        Files.createDirectories(jobs().resolve("a-1").resolve("pid.new"));

        assertThatThrownBy(() -> launcher().launch(probe("a-1", "sleep")))
                .isInstanceOf(LoadstarException.class)
                .hasMessageContaining("cannot be noted");

        await().until(() -> ProcessHandle.allProcesses()
                .noneMatch(process -> process.info().commandLine().orElse("").contains(home().toString())));
    }

    @Test
    void exitCodesAreSaidInWords() {
        assertThat(ProcessEnd.described(3)).isEqualTo("ran out of memory (exit code 3)");
        assertThat(ProcessEnd.described(137)).startsWith("was killed").contains("137");
        assertThat(ProcessEnd.described(1)).isEqualTo("ended with exit code 1");
        assertThat(ProcessEnd.described(null)).isEqualTo("ended");
    }

    @Test
    void childrenOfTheProgramEndWithIt() throws InterruptedException {
        launcher().launch(probe("a-1", "parent"));
        String line = awaitLog("a-1").getFirst();
        ProcessHandle child =
                ProcessHandle.of(Long.parseLong(line.split(" ")[1])).orElseThrow();

        launcher().stop("a-1", Duration.ofSeconds(20));
        launcher().await("a-1", Duration.ofSeconds(20));

        await().until(() -> !isRunning(child));
    }

    @Test
    void aPidThatBelongsToAnotherProcessNowIsNotTheJob() throws IOException {
        Job job = launcher().launch(probe("a-1", "sleep"));
        Path pid = job.directory().resolve("pid");
        String marks = Files.readString(pid);

        Files.writeString(pid, "%d 1%n".formatted(ProcessHandle.current().pid()));
        assertThat(launcher().find("a-1").orElseThrow().isRunning()).isFalse();
        launcher().stop("a-1", Duration.ZERO);

        Files.writeString(pid, marks);
    }

    @Test
    void whatIsKeptIsForTheOwnerOnlyAndHoldsNoSecret() throws IOException, InterruptedException {
        var spec = new JobSpec(
                "a-1", "a", "probe", List.of("sleep"), Map.of("secret.txt", "s"), Map.of("K", "s3cret"), 16);
        Job job = launcher().launch(spec);

        try (Stream<Path> files = Files.walk(job.directory())) {
            assertThat(files)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .endsWith("------"));
        }
        assertThat(Files.readString(job.directory().resolve("job.json")))
                .contains("probe")
                .doesNotContain("s3cret");
    }

    @Test
    void archiveOfClassesThatDoesNotFitIsPassedOverSilently() throws IOException, InterruptedException {
        Path archive = Files.writeString(home().resolve("probe").resolve("classes.jsa"), "not an archive");
        try {
            launcher().launch(probe("a-1", "lines", "1"));

            assertThat(log("a-1")).containsExactly("line 1");
        } finally {
            Files.delete(archive);
        }
    }

    @Test
    void ofManyStartersOfOneJobExactlyOneStartsIt() throws Exception {
        Callable<Job> start = () -> launcher(home(), folder.resolve("state")).launch(probe("a-1", "sleep"));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Long> pids = threads.invokeAll(Collections.nCopies(6, start)).stream()
                    .map(job -> job.resultNow().pid())
                    .distinct()
                    .toList();
            assertThat(pids).hasSize(1);
        }
    }

    private static boolean isRunning(ProcessHandle process) {
        try {
            return !Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"))
                    .contains(") Z ");
        } catch (IOException e) {
            return false;
        }
    }

    private Path jobs() {
        return folder.resolve("state").resolve("jobs");
    }
}
