import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What Linux knows of processes. */
final class Proc {

    /** Of the clock in which CPU is counted; 100 on every Linux that a JDK runs on. */
    private static final double TICKS_PER_SECOND = 100;

    private Proc() {}

    /** CPU seconds of a process so far, user and system; of one that has ended 0. */
    static double cpu(long pid) {
        String[] fields = stat(pid);
        return fields.length < 13 ? 0 : (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    static double cpu(List<Long> pids) {
        return pids.stream().mapToDouble(Proc::cpu).sum();
    }

    /** Resident MB; a page that several of the processes share counts once. */
    static double resident(List<Long> pids) {
        return pids.stream().mapToDouble(Proc::proportionalKilobytes).sum() / 1024;
    }

    /**
     * MB of what is reachable: the histogram of classes collects garbage first, also where explicit collections are off.
     * What the collector fills gaps with, when it does not move all objects together, is no object of the program.
     */
    static double live(long pid) throws IOException, InterruptedException {
        var jcmd = Bench.java().replaceAll("java$", "jcmd");
        var process = new ProcessBuilder(jcmd, Long.toString(pid), "GC.class_histogram").start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said.lines()
                        .filter(line -> line.matches("\\s*\\d+:\\s+\\d+\\s+\\d+ .*") && !line.contains("jdk.internal.vm.Filler"))
                        .mapToLong(line -> Long.parseLong(line.strip().split("\\s+")[2]))
                        .sum()
                / (double) (1 << 20);
    }

    /** The process and all below it. */
    static List<Long> tree(long pid) {
        return ProcessHandle.of(pid)
                .map(process -> Stream.concat(Stream.of(process), process.descendants())
                        .map(ProcessHandle::pid)
                        .toList())
                .orElse(List.of());
    }

    static boolean isJava(long pid) {
        return name(pid).equals("java");
    }

    static String name(long pid) {
        return read(pid, "comm").strip();
    }

    private static double proportionalKilobytes(long pid) {
        return read(pid, "smaps_rollup")
                .lines()
                .filter(line -> line.startsWith("Pss:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
                .sum();
    }

    /** From the state on: the name before it may hold spaces. */
    private static String[] stat(long pid) {
        String stat = read(pid, "stat");
        return stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
    }

    private static String read(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), file));
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            if (!Files.exists(Path.of("/proc", Long.toString(pid)))) {
                return "";
            }
            throw new UncheckedIOException(e);
        }
    }
}
