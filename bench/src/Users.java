import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * {@code bench/users [--fewer 1000] [--more 4000]}: what one more user with 20 s of think time costs an executor and the
 * JMeter command line in live heap and resident memory, each measured when every user has made its first request, and how
 * many of them a heap of 1 GiB holds by that, a tenth of it left free.
 */
final class Users {

    private static final int THINK_MILLIS = 20_000;
    private static final int SECONDS = 50;
    private static final double HEAP_MB = 0.9 * 1024;

    private Users() {}

    /** MB. */
    private record Memory(double heap, double resident) {

        static Memory of(long pid) throws Exception {
            return new Memory(Proc.live(pid), Proc.resident(List.of(pid)));
        }
    }

    public static void main(String[] args) throws Exception {
        int fewer = Bench.option(args, "fewer", 1000);
        int more = Bench.option(args, "more", 4000);
        var folder = Bench.folder();
        var figures = new Figures("Users with %d s of think time".formatted(THINK_MILLIS / 1000));
        try (var target = Target.start();
                var product = Product.start(folder.resolve("data"))) {
            var repository = Repository.make(folder);
            Figures.head("", "users", "live heap MB", "resident MB");
            var oursFew = ours(fewer, repository, product, target);
            var bareFew = bare(fewer, target);
            var bareMany = bare(more, target);
            var oursMany = ours(more, repository, product, target);
            double ours = held("Loadstar", oursFew, oursMany, more - fewer);
            double bare = held("JMeter, JTL", bareFew, bareMany, more - fewer);
            figures.bar(
                    "users in a heap of 1 GiB / JMeter CLI with JTL",
                    "≥ 1.0",
                    "%.2f (%,.0f / %,.0f)".formatted(ours / bare, ours, bare),
                    ours >= bare);
        }
        figures.finish();
    }

    private static Memory ours(int users, Repository repository, Product product, Target target) throws Exception {
        var load = new Load("/", users, THINK_MILLIS, 0, SECONDS);
        repository.commit(load, target.port());
        target.reset();
        var run = product.run(repository);
        awaitAll(users, target, run);
        var memory = Memory.of(product.executor());
        run.get();
        return printed("Loadstar", users, memory);
    }

    private static Memory bare(int users, Target target) throws Exception {
        target.reset();
        var jmeter = JMeterCli.start(new Load("/", users, THINK_MILLIS, 0, SECONDS), target.port());
        awaitAll(users, target, jmeter.process().onExit());
        var memory = Memory.of(jmeter.pid());
        jmeter.await();
        return printed("JMeter, JTL", users, memory);
    }

    private static void awaitAll(int users, Target target, CompletableFuture<?> source) throws Exception {
        while (target.count().requests() < users) {
            if (source.isDone()) {
                throw new IllegalStateException("the load ended before each of %d users had asked".formatted(users));
            }
            Thread.sleep(100);
        }
    }

    private static Memory printed(String who, int users, Memory memory) {
        Figures.line(who, users, "%.1f".formatted(memory.heap), "%.1f".formatted(memory.resident));
        return memory;
    }

    private static double held(String who, Memory few, Memory many, int between) {
        double each = (many.heap - few.heap) / between;
        double users = (HEAP_MB - few.heap) / each;
        Figures.line(
                who,
                "each one more",
                "%.1f KB".formatted(each * 1024),
                "%.1f KB".formatted((many.resident - few.resident) / between * 1024));
        return users;
    }
}
