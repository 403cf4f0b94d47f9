import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;

/**
 * {@code bench/start [--runs 5]}: on a warm server, from the submission over REST to the first request at the target, and
 * from the target's last response to the verdict in the submitter's hands. Commits seen before and new ones take turns.
 */
final class Start {

    private static final double SEEN_SECONDS = 4;
    private static final double NEW_SECONDS = 6;
    private static final double VERDICT_SECONDS = 2;

    /** A short load is enough: only its two ends are looked at. */
    private static final Load LOAD = new Load("/", 5, 100, 0, 3);

    private final Target target;
    private final Product product;
    private final Repository repository;
    private final List<Double> verdicts = new ArrayList<>();

    private Start(Target target, Product product, Repository repository) {
        this.target = target;
        this.product = product;
        this.repository = repository;
    }

    public static void main(String[] args) throws Exception {
        int runs = Bench.option(args, "runs", 5);
        var folder = Bench.folder();
        var figures = new Figures("Submission to first request, last response to verdict");
        try (var target = Target.start();
                var product = Product.start(folder.resolve("data"))) {
            new Start(target, product, Repository.make(folder)).measure(runs, figures);
        }
        figures.finish();
    }

    private void measure(int runs, Figures figures) throws Exception {
        var seen = new ArrayList<Double>();
        var fresh = new ArrayList<Double>();
        Figures.head("commit, s", "validated", "executors ready", "load starts", "first request", "last response to verdict");
        product.warmUp(repository, target);
        for (int i = 0; i < runs; i++) {
            repository.commit(LOAD, target.port());
            fresh.add(once("new"));
            seen.add(once("seen before"));
        }
        figures.bar(
                "submit to first request, commit seen before, s",
                "≤ 4",
                Bench.spread(seen, "%.2f"),
                Bench.median(seen) <= SEEN_SECONDS);
        figures.bar(
                "submit to first request, new commit, s",
                "≤ 6",
                Bench.spread(fresh, "%.2f"),
                Bench.median(fresh) <= NEW_SECONDS);
        figures.bar(
                "last response to verdict, s",
                "≤ 2",
                Bench.spread(verdicts, "%.2f"),
                Bench.median(verdicts) <= VERDICT_SECONDS);
    }

    /** @return seconds to the first request */
    private double once(String what) throws Exception {
        target.reset();
        long submitted = Target.micros();
        var finished = product.run(repository).get();
        var count = target.count();
        double first = (count.first() - submitted) / 1e6;
        double verdict = (finished.atMicros() - count.last()) / 1e6;
        verdicts.add(verdict);
        JsonNode times = finished.run().path("times");
        Figures.line(
                what,
                since(submitted, times.path("validated")),
                since(submitted, times.path("provisioned")),
                since(submitted, times.path("loadStarted")),
                "%.2f".formatted(first),
                "%.2f".formatted(verdict));
        return first;
    }

    private static String since(long micros, JsonNode instant) {
        var begun = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
        return "%.2f".formatted(Duration.between(begun, Instant.parse(instant.asString())).toMillis() / 1e3);
    }
}
