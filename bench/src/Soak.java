import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;

/**
 * {@code bench/soak [--minutes 30]}: one run at 50 requests per second. Every minute the live objects in the heaps of
 * server, worker and executor are counted, each after a full collection; what is reported is the slope over the run after
 * its first fifth, in which caches fill.
 */
final class Soak {

    /** A heap counts as flat if it would grow by less than this in a day. */
    private static final double MOST_MEGABYTES_PER_DAY = 200;

    private Soak() {}

    /** @param minute since the first */
    private record Heap(double minute, double server, double worker, double executor) {}

    public static void main(String[] args) throws Exception {
        int minutes = Bench.option(args, "minutes", 30);
        var folder = Bench.folder();
        var figures = new Figures("%d minutes at 50 requests/s".formatted(minutes));
        var heaps = new ArrayList<Heap>();
        try (var target = Target.start();
                var product = Product.start(folder.resolve("data"))) {
            var repository = Repository.make(folder);
            repository.commit(Load.perSecond(50, "/", 0, (minutes + 1) * 60), target.port());
            target.reset();
            var run = product.run(repository);
            target.awaitLoad(run);
            Figures.head("minute", "server MB", "worker MB", "executor MB");
            for (int minute = 0; minute < minutes; minute++) {
                heaps.add(print(look(minute, product)));
                Thread.sleep(minute + 1 < minutes ? 60_000 : 0);
            }
            run.get();
        }
        bar(figures, "server", heaps.stream().mapToDouble(Heap::server).toArray());
        bar(figures, "worker", heaps.stream().mapToDouble(Heap::worker).toArray());
        bar(figures, "executor", heaps.stream().mapToDouble(Heap::executor).toArray());
        figures.finish();
    }

    private static Heap look(int minute, Product product) throws IOException, InterruptedException {
        return new Heap(minute, Proc.live(product.server()), Proc.live(product.worker()), Proc.live(product.executor()));
    }

    private static Heap print(Heap heap) {
        Figures.line(
                (int) heap.minute,
                "%.1f".formatted(heap.server),
                "%.1f".formatted(heap.worker),
                "%.1f".formatted(heap.executor));
        return heap;
    }

    private static void bar(Figures figures, String what, double[] heap) {
        int from = heap.length / 5;
        double perDay = slope(heap, from) * 24 * 60;
        figures.bar(
                "live heap of the " + what + ", first → last, MB (slope, MB/day)",
                "flat: ≤ " + (int) MOST_MEGABYTES_PER_DAY + "/day",
                "%.1f → %.1f (%.0f)".formatted(heap[from], heap[heap.length - 1], perDay),
                perDay <= MOST_MEGABYTES_PER_DAY);
    }

    /** Least squares, per minute. */
    private static double slope(double[] values, int from) {
        int n = values.length - from;
        double meanX = (from + values.length - 1) / 2.0;
        double meanY = mean(values, from);
        double up = 0;
        double down = 0;
        for (int x = from; x < from + n; x++) {
            up += (x - meanX) * (values[x] - meanY);
            down += (x - meanX) * (x - meanX);
        }
        return down == 0 ? 0 : up / down;
    }

    private static double mean(double[] values, int from) {
        double sum = 0;
        for (int i = from; i < values.length; i++) {
            sum += values[i];
        }
        return sum / (values.length - from);
    }
}
