package dev.loadstar.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ChildTests {

    @TempDir
    private Path home;

    @BeforeEach
    void assembleAProgram() throws IOException {
        Files.createDirectories(home.resolve("patient"));
        Files.writeString(
                home.resolve("patient").resolve("launch.args"),
                "-cp \"%s\"\n%s\n"
                        .formatted(
                                System.getProperty("java.class.path").replace("\\", "\\\\"), Patient.class.getName()));
    }

    @Test
    void childEndsInOrderWhenItIsClosed() throws Exception {
        var child = start(List.of("a b"));
        assertThat(child.line("up", Duration.ofSeconds(30), () -> {})).contains("up [a b]");

        child.close();

        assertThat(child.isAlive()).isFalse();
        assertThat(child.tail(1)).containsExactly("drained");
    }

    @Test
    void childThatEndsByItselfIsNotWaitedFor() throws Exception {
        var child = start(List.of("fail"));

        assertThat(child.line("up", Duration.ofSeconds(30), () -> {})).isEmpty();
        assertThat(child.tail(5)).containsExactly("cannot");
    }

    @Test
    void childEndsWhenItsParentIsKilled() throws Exception {
        var log = home.resolve("grandchild.log");
        var parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Parent.class.getName(),
                        home.toString(),
                        log.toString())
                .inheritIO()
                .start();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Files.exists(log) && Files.readString(log).contains("up"));

        parent.destroyForcibly().waitFor();

        await().atMost(Duration.ofSeconds(30)).until(() -> Files.readString(log).endsWith("drained\n"));
    }

    private Child start(List<String> arguments) throws IOException {
        return Child.start(home, "patient", List.of("-Xmx32m"), arguments, home.resolve("patient.log"));
    }

    /** A program that says when it is up and when it was asked to end. */
    static final class Patient {
        public static void main(String[] args) throws InterruptedException {
            if (args[0].equals("fail")) {
                System.out.println("cannot");
                return;
            }
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("drained")));
            System.out.println("up " + List.of(args));
            Thread.currentThread().join();
        }
    }

    /** A program that starts the other one. */
    static final class Parent {
        public static void main(String[] args) throws Exception {
            Child.start(Path.of(args[0]), "patient", List.of("-Xmx32m"), List.of("x"), Path.of(args[1]));
            Thread.currentThread().join();
        }
    }
}
