package dev.loadstar.platform;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.loadstar.contract.plan.Inputs;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.plan.Validity;
import dev.loadstar.validator.definition.Overrides;

/** Plans whose worker behaves as wanted. */
public final class Plans {

    private Plans() {}

    public static RunPlan of(TinyWorker.Behaviour behaviour) {
        return of(behaviour, Overrides.NONE);
    }

    public static RunPlan of(TinyWorker.Behaviour behaviour, Overrides overrides) {
        String target = overrides.target() == null ? "http://127.0.0.1:1" : overrides.target();
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
                overrides.labels(),
                new RunPlan.Source("https://git.example.org/shop.git", "main", "9f2c0e6b", "loadstar.json"),
                "sha256:" + "0".repeat(64),
                List.of(),
                new RunPlan.Target(target, List.of(URI.create(target).getHost())),
                List.of(scenario),
                new RunPlan.ExecutorsPlan(1, Duration.ofSeconds(60), Duration.ofMillis(250), RunPlan.OnLoss.CONTINUE),
                List.of(),
                Validity.DEFAULT,
                Inputs.NONE);
    }
}
