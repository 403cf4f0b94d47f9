import java.util.ArrayList;

/**
 * {@code bench/latency [--pairs 2] [--users 20] [--warm-up 5] [--seconds 10]}: the median of what is measured of a target
 * that holds every answer for 50 ms, by Loadstar (its result document) and by the JMeter command line (its result file).
 */
final class Latency {

    private static final double MOST_APART_MILLIS = 1;

    private Latency() {}

    public static void main(String[] args) throws Exception {
        int pairs = Bench.option(args, "pairs", 2);
        var load = new Load(
                "/hold",
                Bench.option(args, "users", 20),
                0,
                Bench.option(args, "warm-up", 5),
                Bench.option(args, "seconds", 10));
        var folder = Bench.folder();
        var figures = new Figures("A target that holds every answer for 50 ms");
        var apart = new ArrayList<Double>();
        try (var target = Target.start();
                var product = Product.start(folder.resolve("data"))) {
            var repository = Repository.make(folder);
            repository.commit(load, target.port());
            Figures.head("p50", "Loadstar", "JMeter");
            for (int pair = 0; pair < pairs; pair++) {
                double ours = pair % 2 == 0 ? ours(product, repository) : Double.NaN;
                double bare = bare(load, target);
                ours = pair % 2 == 0 ? ours : ours(product, repository);
                Figures.line("ms", "%.3f".formatted(ours), "%.3f".formatted(bare));
                apart.add(Math.abs(ours - bare));
            }
        }
        figures.bar(
                "p50 apart from JMeter's own, ms",
                "≤ " + (int) MOST_APART_MILLIS,
                Bench.spread(apart, "%.2f"),
                Bench.most(apart) <= MOST_APART_MILLIS);
        figures.finish();
    }

    private static double ours(Product product, Repository repository) throws Exception {
        return product.run(repository).get().run().at("/summary/latencyMs/p50").asDouble();
    }

    private static double bare(Load load, Target target) throws Exception {
        var jmeter = JMeterCli.start(load, target.port());
        jmeter.await();
        return Bench.median(jmeter.elapsed(load.warmUp()));
    }
}
