import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Where everything is, and what every measurement needs. */
final class Bench {

    private static final List<Process> PROCESSES = new CopyOnWriteArrayList<>();
    private static final List<Path> FOLDERS = new CopyOnWriteArrayList<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Bench::leaveNothing));
    }

    private Bench() {}

    /** Also where a signal ends us. */
    private static void leaveNothing() {
        PROCESSES.forEach(Process::destroy);
        PROCESSES.forEach(process -> process.onExit().join());
        FOLDERS.forEach(Bench::delete);
    }

    /** The repository. */
    static Path root() {
        return Path.of(System.getProperty("bench.root"));
    }

    /** The assembled product. */
    static Path home() {
        return root().resolve("target/loadstar");
    }

    /** Heap of an executor where nobody says otherwise. */
    static final String HEAP = "-Xmx512m";

    /** What executors of that program are started with, but for heap, class path and main class. */
    static List<String> options(String program) throws IOException {
        var words = Files.readAllLines(home().resolve(program).resolve("launch.args")).stream()
                .filter(line -> !line.startsWith("#"))
                .flatMap(line -> List.of(line.strip().split("\\s+")).stream())
                .filter(word -> !word.isEmpty())
                .toList();
        return words.subList(0, words.size() - 1);
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** A new folder, gone when this process ends; kept with {@code LOADSTAR_BENCH_KEEP=1}. */
    static Path folder() throws IOException {
        Path folder = Files.createTempDirectory("loadstar-bench-");
        if (System.getenv("LOADSTAR_BENCH_KEEP") == null) {
            FOLDERS.add(folder);
        } else {
            System.err.println("kept: " + folder);
        }
        return folder;
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println("left behind: " + folder + " (" + e.getMessage() + ")");
        }
    }

    /** Ended when we end, however that is. */
    static void endWithUs(Process process) {
        PROCESSES.add(process);
    }

    /** The number after {@code --name}, in seconds, pieces or whatever it counts. */
    static int option(String[] args, String name, int otherwise) {
        int at = List.of(args).indexOf("--" + name);
        return at < 0 ? otherwise : Integer.parseInt(args[at + 1]);
    }

    /** The word after {@code --name}. */
    static String option(String[] args, String name, String otherwise) {
        int at = List.of(args).indexOf("--" + name);
        return at < 0 ? otherwise : args[at + 1];
    }

    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    static double median(List<Double> values) {
        return median(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    static double least(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    static double most(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    /** Median and, in brackets, least and most. */
    static String spread(List<Double> values, String format) {
        return (format + " (" + format + " … " + format + ")").formatted(median(values), least(values), most(values));
    }
}
