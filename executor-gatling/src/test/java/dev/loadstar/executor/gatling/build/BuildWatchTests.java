package dev.loadstar.executor.gatling.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.loadstar.contract.problem.Problem;
import dev.loadstar.executor.gatling.build.BuildWatch.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.loadstar.executor.gatling.build.Repository.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Builds that take too much of the machine, as programs of the shell. */
class BuildWatchTests {

    private static final long MIB = 1L << 20;

    @TempDir
    Path folder;

    @Test
    void buildWithinItsLimitsGoesOnToItsOwnEnd() throws IOException {
        assertThat(watch("sleep 0.7; exit 7", new Limits(3, 64 * MIB, 1)).await())
                .isEqualTo(7);
    }

    @Test
    void tooManyProcessesAreEndedWithTheBuild() throws IOException {
        var watch =
                watch("for n in 1 2 3 4; do sleep 600 & echo $! >> ../pids; done; wait", new Limits(3, 64 * MIB, 1));

        assertEnded(watch, "3 processes at once");

        assertThat(Files.readAllLines(folder.resolve("pids")))
                .hasSize(4)
                .allSatisfy(pid -> await().until(() -> !isAlive(Long.parseLong(pid))));
    }

    @Test
    void tooMuchMemoryEndsTheBuild() throws IOException {
        var watch = watch("x=$(head -c 20000000 /dev/zero | tr '\\0' x); sleep 600", new Limits(9, 16 * MIB, 1));

        assertEnded(watch, "16 MiB of memory");
    }

    @Test
    void tooMuchOnDiskEndsTheBuild() throws IOException {
        var watch = watch("head -c 3000000 /dev/zero > out; sleep 600", new Limits(9, 64 * MIB, 2 * MIB));

        assertEnded(watch, "2 MiB of disk");
    }

    private BuildWatch watch(String program, Limits limits) throws IOException {
        Path project = Files.createDirectories(folder.resolve("project"));
        var build = new ProcessBuilder("sh", "-c", program).directory(project.toFile());
        return new BuildWatch(build.start(), List.of(project), limits);
    }

    private static void assertEnded(BuildWatch watch, String most) {
        assertThat(problems(watch::await))
                .extracting(Problem::message)
                .containsExactly("The build took more than %s and was ended".formatted(most));
        await().until(() -> !watch.build().isAlive());
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
