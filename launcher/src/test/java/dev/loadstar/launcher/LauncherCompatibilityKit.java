package dev.loadstar.launcher;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What every launcher must do. A launcher's own test extends this and supplies {@link #launcher}. */
abstract class LauncherCompatibilityKit {

    private static final Duration SOON = Duration.ofSeconds(20);

    private static Path home = Path.of("");

    @TempDir
    Path folder;

    private Launcher launcher;

    /**
     * @param home an assembled product with the program {@code probe}
     * @param state a folder that one installation keeps over restarts
     */
    abstract Launcher launcher(Path home, Path state);

    Launcher launcher() {
        return launcher;
    }

    static Path home() {
        return home;
    }

    @BeforeAll
    static void assembleProbe(@TempDir Path product) throws IOException {
        home = product;
        Path program = Files.createDirectories(home.resolve("probe"));
        Files.writeString(
                program.resolve("launch.args"),
                "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto\n" + Probe.class.getName() + "\n");
        copyJars(program);
    }

    @BeforeEach
    void makeLauncher() {
        launcher = launcher(home, folder.resolve("state"));
    }

    @AfterEach
    void endJobs() throws InterruptedException {
        for (Job job : launcher.list()) {
            launcher.stop(job.id(), Duration.ZERO);
            launcher.await(job.id(), SOON);
        }
    }

    @Test
    void jobTellsItsExitCode() throws InterruptedException {
        launcher.launch(probe("a-1", "exit", "7"));

        Job ended = launcher.await("a-1", SOON);

        assertThat(ended.state()).isEqualTo(Job.State.ENDED);
        assertThat(ended.exitCode()).isEqualTo(7);
    }

    @Test
    void runningJobIsFoundAndListed() {
        Job started = launcher.launch(probe("a-1", "sleep"));

        assertThat(started.isRunning()).isTrue();
        assertThat(started.exitCode()).isNull();
        assertThat(launcher.find("a-1")).contains(started);
        assertThat(launcher.list()).containsExactly(started);
        assertThat(launcher.find("a-2")).isEmpty();
    }

    @Test
    void launchOfAnIdThatIsThereChangesNothing() {
        Job first = launcher.launch(probe("a-1", "sleep"));

        Job second = launcher.launch(probe("a-1", "exit", "3"));

        assertThat(second).isEqualTo(first);
    }

    @Test
    void anotherLauncherOfTheSameInstallationSeesAndStopsTheJob() throws InterruptedException {
        Job started = launcher.launch(probe("a-1", "sleep"));
        Launcher other = launcher(home(), folder.resolve("state"));

        assertThat(other.find("a-1")).contains(started);
        assertThat(other.launch(probe("a-1", "exit", "3"))).isEqualTo(started);
        other.stop("a-1", SOON);

        assertThat(other.await("a-1", SOON).exitCode()).isEqualTo(143);
    }

    @Test
    void awaitAnswersTheRunningJobWhenTheTimeIsOver() throws InterruptedException {
        launcher.launch(probe("a-1", "sleep"));

        assertThat(launcher.await("a-1", Duration.ofMillis(50)).isRunning()).isTrue();
    }

    @Test
    void stubbornJobIsEndedByForceAfterGrace() throws InterruptedException {
        launcher.launch(probe("a-1", "stubborn"));

        launcher.stop("a-1", Duration.ofMillis(300));

        assertThat(launcher.await("a-1", SOON).isRunning()).isFalse();
    }

    @Test
    void stopOfAnUnknownOrEndedJobDoesNothing() throws InterruptedException {
        launcher.launch(probe("a-1", "exit", "0"));
        launcher.await("a-1", SOON);

        launcher.stop("a-1", Duration.ZERO);
        launcher.stop("a-2", Duration.ZERO);

        assertThat(launcher.find("a-1").orElseThrow().exitCode()).isZero();
    }

    @Test
    void programGetsItsFilesAndOnlyItsOwnEnvironment() throws InterruptedException {
        launcher.launch(probe("a-1", "environment"));
        launcher.launch(new JobSpec(
                "a-2", "a", "probe", List.of("file", "in/put.txt"), Map.of("in/put.txt", "for you"), Map.of(), 16));

        assertThat(log("a-2")).containsExactly("for you");
        assertThat(log("a-1"))
                .contains("SECRET=s3cret", "LANG=C.UTF-8")
                .allMatch(line -> line.matches("(PATH|HOME|LANG|TZ|PWD|OLDPWD|SHLVL|_|SECRET)=.*"));
    }

    @Test
    void logTailIsTheEndOfALongLog() throws InterruptedException {
        launcher.launch(probe("a-1", "lines", "100000"));
        launcher.await("a-1", SOON);

        assertThat(launcher.logTail("a-1", 2)).containsExactly("line 99999", "line 100000");
        assertThat(launcher.logTail("a-2", 2)).isEmpty();
    }

    @Test
    void filesThatAJobLeavesAreReadByNameAndLinksAreNot() throws Exception {
        launcher.launch(probe("a-1", "leave"));
        launcher.await("a-1", SOON);

        assertThat(launcher.artifacts("a-1")).isEqualTo(Map.of("results.jtl", 5L));
        try (InputStream left = launcher.openArtifact("a-1", "results.jtl")) {
            assertThat(left).hasContent("rows\n");
        }
        for (String name : List.of("link", "..", "../secret.txt", "/etc/passwd", ".hidden", "none", "")) {
            assertThatThrownBy(() -> launcher.openArtifact("a-1", name))
                    .isInstanceOfSatisfying(
                            LoadstarException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
        }
        assertThat(launcher.artifacts("a-2")).isEmpty();
    }

    @Test
    void forgottenJobIsGoneAndRunningOneIsKept() throws InterruptedException {
        launcher.launch(probe("a-1", "exit", "0"));
        launcher.launch(probe("a-2", "sleep"));
        launcher.await("a-1", SOON);

        launcher.forget("a-1");
        launcher.forget("a-2");

        assertThat(launcher.list()).extracting(Job::id).containsExactly("a-2");
    }

    @Test
    void idsThatLeadOutOfThePlaceAreRefused() {
        assertThatThrownBy(() -> launcher.launch(probe("../a", "exit", "0")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> launcher.find(".")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> launcher.forget("..")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void unknownProgramIsNamedAndLeavesNothing() {
        var spec = new JobSpec("a-1", "a", "no-such", List.of(), Map.of(), Map.of(), 16);

        assertThatThrownBy(() -> launcher.launch(spec))
                .isInstanceOfSatisfying(
                        LoadstarException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERNAL_ERROR))
                .hasMessageContaining("no-such");
        assertThat(launcher.find("a-1")).isEmpty();
    }

    @Test
    void awaitOfAnUnknownJobSaysSo() {
        String id = "job-" + UUID.randomUUID();

        assertThatThrownBy(() -> launcher.await(id, Duration.ZERO))
                .isInstanceOfSatisfying(
                        LoadstarException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }

    JobSpec probe(String id, String... arguments) {
        return new JobSpec(id, "a", "probe", List.of(arguments), Map.of(), Map.of("SECRET", "s3cret"), 16);
    }

    /** Whole log of a job that has ended, or the first lines of one that goes on. */
    List<String> log(String id) throws InterruptedException {
        launcher.await(id, SOON);
        return launcher.logTail(id, 100);
    }

    List<String> awaitLog(String id) {
        return await().atMost(SOON).until(() -> launcher.logTail(id, 100), lines -> !lines.isEmpty());
    }

    /** A program's class path is made of jars: the probe's is this test's, with folders of classes packed. */
    private static void copyJars(Path program) throws IOException {
        int number = 0;
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path source = Path.of(entry);
            Path target = program.resolve(number++ + ".jar");
            if (Files.isDirectory(source)) {
                pack(source, target);
            } else if (Files.isRegularFile(source)) {
                Files.copy(source, target);
            }
        }
    }

    private static void pack(Path classes, Path target) throws IOException {
        try (var jar = new JarOutputStream(Files.newOutputStream(target));
                var files = Files.walk(classes)) {
            files.filter(Files::isRegularFile).forEach(file -> pack(classes, file, jar));
        }
    }

    private static void pack(Path classes, Path file, JarOutputStream jar) {
        try (InputStream content = Files.newInputStream(file)) {
            jar.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
            content.transferTo(jar);
            jar.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
