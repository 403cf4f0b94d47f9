import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;

/**
 * {@code bench/wire [--seconds 10]}: how many bytes one executor writes to Kafka per series and second, and how many rows
 * the timeline keeps, at 50/s, 500/s and 5,000/s with widely spread latencies. Bytes are what the topic's files grow by,
 * so Kafka's own framing and the signatures are in them.
 */
final class Wire {

    private static final double MOST_BYTES = 4096;
    private static final double MOST_GROWTH = 25;

    private Wire() {}

    private record Measured(double rate, double bytes, double rows) {}

    public static void main(String[] args) throws Exception {
        int seconds = Bench.option(args, "seconds", 10);
        var folder = Bench.folder();
        var figures = new Figures("On the wire");
        var measured = new ArrayList<Measured>();
        try (var target = Target.start();
                var product = Product.start(folder.resolve("data"))) {
            var repository = Repository.make(folder);
            Figures.head("asked for", "requests/s", "bytes per series and second", "rows per series and second");
            for (int rate : new int[] {50, 500, 5_000}) {
                // About 33 ms of latency and 100 ms of thinking make 7.5 requests per second of each user.
                repository.commit(new Load("/spread", (int) Math.ceil(rate / 7.5), 100, 0, seconds), target.port());
                var found = measure(product, repository, seconds);
                Figures.line(
                        rate + "/s",
                        "%,.0f".formatted(found.rate),
                        "%,.0f".formatted(found.bytes),
                        "%.2f".formatted(found.rows));
                measured.add(found);
            }
        }
        double most = measured.stream().mapToDouble(Measured::bytes).max().orElseThrow();
        double growth = measured.getLast().bytes / measured.getFirst().bytes;
        double rows = measured.getLast().rows / measured.getFirst().rows;
        figures.bar("wire bytes per series and second", "≤ 4,096", "%,.0f".formatted(most), most <= MOST_BYTES);
        figures.bar("growth from 50/s to 5,000/s", "≤ 25 ×", "%.1f ×".formatted(growth), growth <= MOST_GROWTH);
        figures.bar(
                "rows of 5,000/s against 50/s", "constant", "%.2f ×".formatted(rows), Math.abs(rows - 1) <= 0.1);
        figures.finish();
    }

    private static Measured measure(Product product, Repository repository, int seconds) throws Exception {
        long before = pointsBytes(product.data());
        var run = product.run(repository).get();
        double bytes = pointsBytes(product.data()) - before;
        double requests = run.run().at("/summary/requests").asDouble();
        Rows rows = rows(product, run.run().path("id").asString());
        return new Measured(requests / seconds, bytes / rows.rows, (double) rows.rows / rows.seconds);
    }

    /** Of the timeline's finest resolution. */
    private record Rows(int rows, int seconds) {}

    private static Rows rows(Product product, String run) throws IOException, SQLException {
        var count = "select count(*), count(distinct second) from reporting.timeline where resolution = 1 and run_id = ?";
        try (var connection = product.database();
                var statement = connection.prepareStatement(count)) {
            statement.setString(1, run);
            var answer = statement.executeQuery();
            answer.next();
            return new Rows(answer.getInt(1), answer.getInt(2));
        }
    }

    private static long pointsBytes(Path data) throws IOException {
        try (var files = Files.walk(data)) {
            long bytes = 0;
            for (Path file : files.filter(Wire::isPoints).toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        }
    }

    private static boolean isPoints(Path file) {
        return file.getFileName().toString().endsWith(".log")
                && file.getParent().getFileName().toString().startsWith("points-");
    }
}
