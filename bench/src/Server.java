import java.io.IOException;
import java.util.List;

/**
 * {@code bench/server [--seconds 60]}: a second start on the same data to the first page; then, after one run, memory and
 * CPU of an idle server with its PostgreSQL.
 */
final class Server {

    private static final double START_SECONDS = 12;
    private static final double RESIDENT_MEGABYTES = 1.2 * 1024;
    private static final double IDLE_PERCENT = 3;

    /** What the compiler still has to do after a start and two runs is no idleness. */
    private static final long SETTLES_MILLIS = 120_000;

    private Server() {}

    public static void main(String[] args) throws Exception {
        int seconds = Bench.option(args, "seconds", 60);
        var folder = Bench.folder();
        var figures = new Figures("The server");
        double cold;
        try (var product = Product.start(folder.resolve("data"))) {
            cold = product.firstPage().toMillis() / 1e3;
        }
        try (var target = Target.start();
                var product = Product.start(folder.resolve("data"))) {
            double warm = product.firstPage().toMillis() / 1e3;
            product.warmUp(Repository.make(folder), target);
            Thread.sleep(SETTLES_MILLIS);
            List<Long> processes = product.serverProcesses();
            double idle = cpuPercent(processes, seconds);
            double jvm = Proc.resident(List.of(product.server()));
            double all = Proc.resident(processes);
            Figures.head("start, s", "cold", "warm");
            Figures.line("first page", "%.1f".formatted(cold), "%.1f".formatted(warm));
            figures.bar("warm start to the first page, s", "≤ 12", "%.1f".formatted(warm), warm <= START_SECONDS);
            figures.bar(
                    "resident, MB",
                    "≤ 1,229",
                    "%.0f (JVM %.0f, PostgreSQL %.0f)".formatted(all, jvm, all - jvm),
                    all <= RESIDENT_MEGABYTES);
            figures.bar(
                    "CPU of the idle server over %d s, %% of a core".formatted(seconds),
                    "≤ 3",
                    "%.1f".formatted(idle),
                    idle <= IDLE_PERCENT);
        }
        figures.finish();
    }

    private static double cpuPercent(List<Long> processes, int seconds) throws InterruptedException, IOException {
        double before = Proc.cpu(processes);
        Thread.sleep(seconds * 1000L);
        return 100 * (Proc.cpu(processes) - before) / seconds;
    }
}
