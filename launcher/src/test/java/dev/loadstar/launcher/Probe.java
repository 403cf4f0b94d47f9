package dev.loadstar.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The program that the compatibility kit launches; its first argument says what it does. */
final class Probe {

    private Probe() {}

    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "exit" -> System.exit(Integer.parseInt(args[1]));
            case "lines" -> lines(Integer.parseInt(args[1]));
            case "environment" -> new TreeMap<>(System.getenv()).forEach((name, value) -> print(name + "=" + value));
            case "file" -> print(Files.readString(Path.of(args[1])));
            case "leave" -> leave();
            case "sleep" -> sleep();
            case "stubborn" -> {
                Runtime.getRuntime().addShutdownHook(new Thread(Probe::sleep));
                sleep();
            }
            case "parent" -> parent();
            case "launch" -> launch(args);
            default -> throw new IllegalArgumentException(List.of(args).toString());
        }
    }

    /** Starts a job and waits, so that a test can kill the starter. */
    private static void launch(String[] args) {
        var launcher = new ProcessLauncher(Path.of(args[1]), Path.of(args[2]));
        launcher.launch(new JobSpec(args[3], "run", "probe", List.of("sleep"), Map.of(), Map.of(), 16));
        print("launched");
        sleep();
    }

    private static void leave() throws IOException {
        Path left = Files.createDirectory(Path.of("artifacts"));
        Files.writeString(left.resolve("results.jtl"), "rows\n");
        Files.writeString(left.resolve(".hidden"), "hush");
        Files.createDirectory(left.resolve("folder"));
        Path secret = Files.writeString(Path.of("secret.txt"), "hush");
        Files.createSymbolicLink(left.resolve("link"), secret.toAbsolutePath());
    }

    private static void parent() throws IOException {
        Process child = new ProcessBuilder("sleep", "600").start();
        print("child " + child.pid());
        sleep();
    }

    private static void lines(int count) {
        for (int line = 1; line <= count; line++) {
            print("line " + line);
        }
    }

    private static void print(String line) {
        System.out.println(line);
    }

    private static void sleep() {
        try {
            Thread.sleep(600_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
