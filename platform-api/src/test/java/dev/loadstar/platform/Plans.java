package dev.loadstar.platform;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import dev.loadstar.contract.plan.Inputs;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.plan.Validity;
import dev.loadstar.validator.definition.Overrides;
import dev.loadstar.validator.target.WebAddress;

/** Plans whose worker behaves as wanted. */
public final class Plans {

    private static final AtomicInteger HOSTS = new AtomicInteger();

    private Plans() {}

    public static RunPlan of(TinyWorker.Behaviour behaviour) {
        return of(behaviour, Overrides.NONE);
    }

    /** Where no target is given, each plan has one of its own, so that its run waits for no other. */
    public static RunPlan of(TinyWorker.Behaviour behaviour, Overrides overrides) {
        String target = overrides.target() == null
                ? "http://host-%d.invalid".formatted(HOSTS.incrementAndGet())
                : overrides.target();
        var host = WebAddress.host(target).orElseThrow();
        return of(behaviour, overrides.labels(), new RunPlan.Target(target, List.of(host)));
    }

    public static RunPlan of(TinyWorker.Behaviour behaviour, boolean shared, String... hosts) {
        return of(behaviour, Map.of(), new RunPlan.Target("http://" + hosts[0], List.of(hosts), shared));
    }

    /** One whose run is repeated where it is INVALID. */
    public static RunPlan retrying(TinyWorker.Behaviour behaviour) {
        String host = "host-%d.invalid".formatted(HOSTS.incrementAndGet());
        return of(
                behaviour,
                Map.of(),
                new RunPlan.Target("http://" + host, List.of(host)),
                new Validity(0.95, 0.9, Duration.ofMillis(250), 0.01, 1, true));
    }

    private static RunPlan of(TinyWorker.Behaviour behaviour, Map<String, String> labels, RunPlan.Target target) {
        return of(behaviour, labels, target, Validity.DEFAULT);
    }

    private static RunPlan of(
            TinyWorker.Behaviour behaviour, Map<String, String> labels, RunPlan.Target target, Validity validity) {
        var hold = new Load.Stage("hold", Duration.ofSeconds(10), 1, Load.Shape.HOLD, true);
        var scenario = new ScenarioPlan(
                "browse",
                "jmeter",
                Duration.ZERO,
                new ScenarioPlan.Script("shop.jmx", Map.of()),
                new Load.Closed(0, List.of(hold), Duration.ofSeconds(5)),
                List.of());
        return new RunPlan(
                behaviour.name(),
                null,
                labels,
                new RunPlan.Source("https://git.example.org/shop.git", "main", "9f2c0e6b", "loadstar.json"),
                "sha256:" + "0".repeat(64),
                List.of(),
                target,
                List.of(scenario),
                new RunPlan.ExecutorsPlan(1, Duration.ofSeconds(60), Duration.ofMillis(250), RunPlan.OnLoss.CONTINUE),
                List.of(),
                validity,
                Inputs.NONE,
                new RunPlan.LoadLimits(7, null),
                List.of(),
                List.of(),
                null);
    }
}
