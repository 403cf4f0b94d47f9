import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * {@code bench/throughput [--tool jmeter|gatling] [--pairs 3] [--users 50] [--warm-up 8] [--seconds 15]}: closed load without think time, as fast
 * as it goes. Requests are counted at the target, CPU by the kernel; both over the same seconds of the load, so that no
 * start-up is in them. The two take turns, A B B A A B, on one target.
 */
final class Throughput {

    private final Tool tool;
    private final Load load;
    private final Target target;
    private final Product product;
    private final Repository repository;

    private Throughput(Tool tool, Load load, Target target, Product product, Repository repository) {
        this.tool = tool;
        this.load = load;
        this.target = target;
        this.product = product;
        this.repository = repository;
    }

    private enum Tool {
        JMETER("JMeter", "JMeter CLI with JTL"),
        GATLING("Gatling", "plain Gatling");

        private final String title;
        private final String bare;

        Tool(String title, String bare) {
            this.title = title;
            this.bare = bare;
        }
    }

    public static void main(String[] args) throws Exception {
        var tool = Tool.valueOf(Bench.option(args, "tool", "jmeter").toUpperCase(Locale.ROOT));
        int pairs = Bench.option(args, "pairs", 3);
        var load = new Load(
                "/",
                Bench.option(args, "users", 50),
                0,
                Bench.option(args, "warm-up", 8),
                Bench.option(args, "seconds", 15) + 1);
        var folder = Bench.folder();
        var figures = new Figures("Throughput and CPU with %s, %d users".formatted(tool.title, load.users()));
        try (var target = Target.start();
                var product = Product.start(folder.resolve("data"))) {
            var repository = Repository.make(folder);
            product.warmUp(repository, target);
            switch (tool) {
                case JMETER -> repository.commit(load, target.port());
                case GATLING -> repository.commit(new Simulation(load), target.port());
            }
            new Throughput(tool, load, target, product, repository).compare(pairs, figures);
        }
        figures.finish();
    }

    private void compare(int pairs, Figures figures) throws Exception {
        Figures.head("", "req/s", "µs CPU/request", "server + postgres", "worker", "target");
        var faster = new ArrayList<Double>();
        var dearer = new ArrayList<Double>();
        for (int pair = 0; pair < pairs; pair++) {
            boolean oursFirst = pair % 2 == 0;
            Cost first = oursFirst ? ours() : bare();
            Cost second = oursFirst ? bare() : ours();
            Cost ours = oursFirst ? first : second;
            Cost bare = oursFirst ? second : first;
            ours.print("Loadstar");
            bare.print(tool.bare);
            faster.add(ours.perSecond / bare.perSecond);
            dearer.add(ours.tool / bare.tool);
        }
        figures.bar(
                "throughput of one executor / " + tool.bare,
                "≥ 1.0",
                Bench.spread(faster, "%.2f"),
                Bench.median(faster) >= 1);
        figures.bar(
                "CPU per request of the executor / " + tool.bare,
                "≤ 1.0",
                Bench.spread(dearer, "%.2f"),
                Bench.median(dearer) <= 1);
    }

    private Cost ours() throws Exception {
        target.reset();
        var run = product.run(repository);
        target.awaitLoad(run);
        Cost cost = measure(product.executor(), product.worker(), product.serverProcesses());
        run.get();
        return cost;
    }

    private Cost bare() throws Exception {
        target.reset();
        Bare bare = switch (tool) {
            case JMETER -> JMeterCli.start(load, target.port());
            case GATLING -> GatlingCli.start(load, target.port());
        };
        target.awaitLoad(bare.process().onExit());
        Cost cost = measure(bare.pid(), -1, product.serverProcesses());
        bare.await();
        return cost;
    }

    private Cost measure(long tool, long worker, List<Long> server) throws IOException, InterruptedException {
        Thread.sleep(load.warmUp() * 1000L);
        Cost before = read(tool, worker, server);
        long begun = System.nanoTime();
        Thread.sleep((load.seconds() - 1) * 1000L);
        return read(tool, worker, server).since(before, (System.nanoTime() - begun) / 1e9);
    }

    private Cost read(long tool, long worker, List<Long> server) throws IOException, InterruptedException {
        return new Cost(
                target.count().requests(), Proc.cpu(tool), Proc.cpu(server), Proc.cpu(worker), Proc.cpu(target.pid()));
    }

    /** Requests and CPU seconds so far; or requests per second, and CPU µs per request of each. */
    private record Cost(double perSecond, double tool, double server, double worker, double target) {

        Cost since(Cost then, double seconds) {
            double requests = perSecond - then.perSecond;
            double micros = 1e6 / requests;
            return new Cost(
                    requests / seconds,
                    (tool - then.tool) * micros,
                    (server - then.server) * micros,
                    (worker - then.worker) * micros,
                    (target - then.target) * micros);
        }

        void print(String what) {
            Figures.line(
                    what,
                    "%,.0f".formatted(perSecond),
                    "%.1f".formatted(tool),
                    "%.2f".formatted(server),
                    "%.2f".formatted(worker),
                    "%.1f".formatted(target));
        }
    }
}
