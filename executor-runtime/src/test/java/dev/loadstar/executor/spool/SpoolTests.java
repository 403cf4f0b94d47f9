package dev.loadstar.executor.spool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class SpoolTests {

    private static final long LARGE = 1 << 20;
    private static final Duration NO_PATIENCE = Duration.ZERO;

    @TempDir
    private Path folder;

    @Test
    void recordsComeOutInOrder() throws Exception {
        try (var spool = Spool.open(folder, LARGE, 64)) {
            append(spool, 0, 20);

            assertThat(readAll(spool)).isEqualTo(names(0, 20));
            assertThat(spool.backlog()).isEqualTo(20);
        }
    }

    @Test
    void whatACrashLeftIsReadAgainFromTheFirstFileThatIsNotAcknowledged() throws Exception {
        var crashed = Spool.open(folder, LARGE, 64);
        append(crashed, 0, 20);
        for (int i = 0; i < 10; i++) {
            crashed.acknowledge(next(crashed));
        }
        // No close: the process is gone. Half a record is what a crash leaves last.
        Files.write(lastFile(), new byte[] {0, 0, 0, 9, 1, 2, 3, 4, 5}, StandardOpenOption.APPEND);

        try (var spool = Spool.open(folder, LARGE, 64)) {
            List<String> left = readAll(spool);
            assertThat(left).endsWith("record-19").hasSizeBetween(10, 15);
            append(spool, 20, 21);
            assertThat(text(next(spool))).isEqualTo("record-20");
        }
    }

    @Test
    void damagedRecordAndWhatFollowsItIsCutOff() throws Exception {
        try (var spool = Spool.open(folder, LARGE, LARGE)) {
            append(spool, 0, 3);
        }
        byte[] bytes = Files.readAllBytes(lastFile());
        bytes[bytes.length - 1] ^= 1;
        Files.write(lastFile(), bytes);

        try (var spool = Spool.open(folder, LARGE, LARGE)) {
            assertThat(readAll(spool)).isEqualTo(names(0, 2));
        }
    }

    @Test
    void acknowledgedFilesAreDeletedInWhateverOrderTheAcknowledgementsCome() throws Exception {
        try (var spool = Spool.open(folder, LARGE, 64)) {
            append(spool, 0, 12);
            var entries = new ArrayList<Spool.Entry>();
            for (int i = 0; i < 12; i++) {
                entries.add(next(spool));
            }
            entries.reversed().forEach(spool::acknowledge);

            assertThat(spool.backlog()).isZero();
            assertThat(spool.awaitEmpty(NO_PATIENCE)).isTrue();
            assertThat(files()).hasSize(1);
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void rewindBeginsWithTheFirstRecordThatIsNotAcknowledged() throws Exception {
        try (var spool = Spool.open(folder, LARGE, 64)) {
            append(spool, 0, 9);
            for (int i = 0; i < 6; i++) {
                var entry = next(spool);
                if (i < 4) {
                    spool.acknowledge(entry);
                }
            }
            spool.rewind();

            assertThat(readAll(spool)).isEqualTo(names(4, 9));
        }
    }

    @Test
    void fullSpoolRefusesAndKeepsRoomForTheLastRecord() throws Exception {
        try (var spool = Spool.open(folder, 100_000, 10_000)) {
            int accepted = 0;
            while (spool.append(new byte[1_000], false)) {
                accepted++;
            }

            assertThat(accepted).isBetween(25, 40);
            assertThat(spool.append(new byte[1_000], true)).isTrue();
            for (int i = 0; i < accepted; i++) {
                spool.acknowledge(next(spool));
            }
            assertThat(spool.append(new byte[1_000], false)).as("room again").isTrue();
        }
    }

    @Test
    void fullDiskRefusesAndKeepsRoomForTheLastRecord() throws Exception {
        Path log = folder.resolve("probe.log");
        Process probe = new ProcessBuilder(
                        "unshare",
                        "-Urm",
                        "sh",
                        "-c",
                        "mount -t tmpfs -o size=512k tmpfs \"$0\" && exec \"$@\"",
                        Files.createDirectory(folder.resolve("small")).toString(),
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        FullDisk.class.getName(),
                        folder.resolve("small").toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();

        assertThat(probe.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(log))
                .contains("the spool cannot be written")
                .contains("last record true")
                .contains("all of them read true");
    }

    private static void append(Spool spool, int from, int to) {
        names(from, to)
                .forEach(name -> assertThat(spool.append(name.getBytes(StandardCharsets.UTF_8), false))
                        .isTrue());
    }

    private static List<String> names(int from, int to) {
        return Stream.iterate(from, i -> i < to, i -> i + 1)
                .map(i -> "record-" + i)
                .toList();
    }

    private static List<String> readAll(Spool spool) throws Exception {
        var read = new ArrayList<String>();
        for (var entry = spool.next(NO_PATIENCE); entry != null; entry = spool.next(NO_PATIENCE)) {
            read.add(text(entry));
        }
        return read;
    }

    private static Spool.Entry next(Spool spool) throws Exception {
        var entry = spool.next(Duration.ofSeconds(5));
        if (entry == null) {
            throw new AssertionError("no record");
        }
        return entry;
    }

    private static String text(Spool.Entry entry) {
        return new String(entry.record(), StandardCharsets.UTF_8);
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".spool"))
                    .sorted()
                    .toList();
        }
    }

    private Path lastFile() throws IOException {
        return files().getLast();
    }
}
