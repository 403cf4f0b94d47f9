package dev.loadstar.executor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.plan.Shard;
import dev.loadstar.executor.clock.ClockOffset;
import dev.loadstar.executor.clock.OwnClock;
import dev.loadstar.executor.control.BundleDownload;
import dev.loadstar.executor.control.TargetCheck;
import dev.loadstar.executor.data.DataSlices;
import dev.loadstar.executor.log.JobLog;
import dev.loadstar.executor.secret.Secrets;
import dev.loadstar.executor.tool.LoadTool;
import dev.loadstar.executor.tool.Recorder;
import dev.loadstar.executor.tool.ToolSession;

/** Everything between a shard and readiness: files, target, script, clock, rest. */
final class Preparation {

    /** An estimate of the worker's clock is there this soon, or the worker is too busy to wait for one. */
    private static final Duration FIRST_PROBES = Duration.ofSeconds(2);

    private static final Duration LOOK = Duration.ofMillis(50);

    private final Conversation worker;
    private final LoadTool tool;
    private final Path bundle;

    Preparation(Conversation worker, LoadTool tool, Path bundle) {
        this.worker = worker;
        this.tool = tool;
        this.bundle = bundle;
    }

    /** @throws dev.loadstar.contract.problem.LoadstarException if load cannot be made, with a sentence for the user */
    ToolSession prepare(Shard shard, Secrets secrets, Recorder recorder) throws IOException, InterruptedException {
        Files.createDirectories(bundle);
        new BundleDownload(worker.link()::fetch, bundle).fetch(shard.files());
        if (shard.scenario().work() instanceof ScenarioPlan.Script) {
            DataSlices.cut(shard, bundle);
        }
        TargetCheck.connect(shard.target().baseUrl());
        JobLog.info("%d files are here, the target takes connections; loading the script"
                .formatted(shard.files().size()));
        ToolSession session = tool.prepare(shard, secrets, bundle, recorder, worker.lease(), worker.rows());
        Instant until = OwnClock.now().plus(FIRST_PROBES);
        while (worker.clock().equals(ClockOffset.UNKNOWN)
                && OwnClock.until(until).isPositive()) {
            Thread.sleep(LOOK);
        }
        JobLog.info("The script is loaded and warmed; at rest after %d ms"
                .formatted(new Rest(shard).await().toMillis()));
        return session;
    }
}
