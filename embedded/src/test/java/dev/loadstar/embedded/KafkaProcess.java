package dev.loadstar.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;

/** A process of its own with a Kafka in it, to be killed. */
final class KafkaProcess {

    private KafkaProcess() {}

    public static void main(String[] folder) throws InterruptedException {
        EmbeddedKafka.start(Path.of(folder[0]));
        Thread.currentThread().join();
    }

    static Process start(Path folder) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KafkaProcess.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(new File(folder.toFile(), "process.log"))
                .start();
    }
}
