package dev.loadstar.executor.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LoadPriorityTests {

    @Test
    void only_the_thread_that_stands_back_does() {
        int before = niceness();
        var stoodBack = new CompletableFuture<Integer>();

        Thread.ofPlatform().start(() -> {
            LoadPriority.standBack();
            stoodBack.complete(niceness());
        });

        assertThat(stoodBack.join()).isEqualTo(Math.min(before + 10, 19));
        assertThat(niceness()).isEqualTo(before);
    }

    @Test
    void a_thread_that_it_makes_stands_back_too() {
        int before = niceness();
        var made = new CompletableFuture<Integer>();

        Thread.ofPlatform().start(() -> {
            LoadPriority.standBack();
            Thread.ofPlatform().start(() -> made.complete(niceness()));
        });

        assertThat(made.join()).isEqualTo(Math.min(before + 10, 19));
    }

    /** The 19th field of the calling thread's stat; the name before it may hold spaces. */
    private static int niceness() {
        try {
            String stat = Files.readString(Path.of("/proc/thread-self/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Integer.parseInt(fields[16]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
