package dev.loadstar.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

/** Something to take away once: at the end of the command, or when it is interrupted, whatever comes first. */
final class Cleanup implements AutoCloseable {

    private final AtomicBoolean done = new AtomicBoolean();
    private final Runnable action;

    private Cleanup(Runnable action) {
        this.action = action;
    }

    static Cleanup onExit(Runnable action) {
        var cleanup = new Cleanup(action);
        Runtime.getRuntime().addShutdownHook(new Thread(cleanup::close));
        return cleanup;
    }

    static Cleanup onExit(Child child) {
        return onExit(child::close);
    }

    /** Not needed any more. */
    void forget() {
        done.set(true);
    }

    @Override
    public void close() {
        if (done.compareAndSet(false, true)) {
            action.run();
        }
    }

    /** Removes a folder with everything in it. */
    static void delete(Path folder) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                        throws IOException {
                    Files.delete(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + folder, e);
        }
    }
}
