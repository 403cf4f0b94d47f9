package dev.loadstar.executor;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.plan.Shard;
import dev.loadstar.contract.problem.DiskFull;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.contract.wire.FromExecutor;
import dev.loadstar.contract.wire.RunKey;
import dev.loadstar.contract.wire.ToExecutor;
import dev.loadstar.executor.clock.OwnClock;
import dev.loadstar.executor.control.HostGuard;
import dev.loadstar.executor.log.JobLog;
import dev.loadstar.executor.record.MaskingRecorder;
import dev.loadstar.executor.secret.MaskedOutput;
import dev.loadstar.executor.secret.SecretMask;
import dev.loadstar.executor.secret.Secrets;
import dev.loadstar.executor.tool.LoadTool;
import dev.loadstar.executor.tool.ToolSession;
import dev.loadstar.executor.tool.ToolSession.ToolEnd;
import org.jspecify.annotations.Nullable;

/**
 * One executor of a run, step by step: hello, assignment, files, target, script, ready, start, load, end, sent, released.
 * One thread goes this way; the worker's orders wait in a queue for it.
 */
final class ExecutorRun implements Conversation.Vitals {

    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Arguments.Execute self;
    private final RunKey key;
    private final Path home;
    private final LoadTool tool;
    private final Settings settings;
    private final long epoch = OwnClock.now().toEpochMilli();
    private final Conversation worker;

    private volatile @Nullable Measurement measurement;
    private SecretMask mask = SecretMask.NONE;
    private volatile boolean loadRunning;

    ExecutorRun(Arguments.Execute self, RunKey key, Path home, LoadTool tool, Settings settings) {
        this.self = self;
        this.key = key;
        this.home = home.toAbsolutePath();
        this.tool = tool;
        this.settings = settings;
        this.worker = new Conversation(self, key, epoch, tool.descriptor().name(), this);
    }

    /** @return the exit code */
    int carryOut(SuddenEnd suddenEnd) throws InterruptedException {
        try (worker) {
            worker.begin();
            ToExecutor assigned = await(ToExecutor.KindCase.ASSIGN);
            if (assigned == null) {
                return FAILED;
            }
            ToExecutor.Assign assign = assigned.getAssign();
            var shard = Json.read(assign.getShardJson(), Shard.class);
            var secrets = new Secrets(assign.getSecretsMap());
            mask = secrets.mask();
            MaskedOutput.hide(mask);
            sayAssigned(shard);
            var to = new Measurement.Destination(
                    home.resolve("spool"), settings.spoolBytes(), assign.getKafkaBootstrap(), key);
            try (var opened = Measurement.open(self, epoch, shard.scenario().name(), to)) {
                measurement = opened;
                return prepareAndLoad(shard, secrets, opened, Duration.ofMillis(assign.getLeaseMillis()), suddenEnd);
            } catch (IOException e) {
                return notReady(problem(e));
            }
        }
    }

    private int prepareAndLoad(Shard shard, Secrets secrets, Measurement measured, Duration lease, SuddenEnd suddenEnd)
            throws InterruptedException {
        ToolSession session;
        try {
            session = new Preparation(worker, tool, home.resolve("bundle"))
                    .prepare(shard, secrets, MaskingRecorder.of(measured.recorder(), mask));
        } catch (IOException | RuntimeException | LinkageError e) {
            return notReady(problem(e));
        }
        var farewell = new Farewell(worker, measured, settings);
        ToolEnd end;
        try (session;
                var _ = HostGuard.install(shard.target(), self.worker())) {
            worker.link().sendState(ready("", ""));
            JobLog.info("ready");
            ToExecutor order = await(ToExecutor.KindCase.START);
            if (order == null) {
                return FAILED;
            }
            loadRunning = true;
            suddenEnd.begun(farewell);
            end = masked(
                    new RunningLoad(shard, session, measured.recorder(), worker).carryOut(order.getStart(), lease));
            if (!suddenEnd.isOverInOrder()) {
                // The process is being ended, and whoever does that has the last word.
                new CountDownLatch(1).await();
            }
            loadRunning = false;
            farewell.loadEnded(end, session.activeUsers());
        }
        boolean leaseKept = worker.lease().isOpen();
        return farewell.leave(end) && leaseKept && !end.failed() ? DONE : FAILED;
    }

    private ToolEnd masked(ToolEnd end) {
        return new ToolEnd(end.failed(), mask.mask(end.message()));
    }

    private LoadstarException problem(Throwable failure) {
        if (DiskFull.isCauseOf(failure)) {
            return DiskFull.in(home, failure);
        }
        if (failure instanceof LoadstarException known) {
            return known;
        }
        JobLog.error("the script could not be prepared", failure);
        return new LoadstarException(ErrorCode.TOOL_FAILED, "The script could not be prepared: " + failure, failure);
    }

    private int notReady(LoadstarException problem) throws InterruptedException {
        JobLog.warn("not ready: " + problem.detail());
        worker.link().sendState(ready(problem.code().slug(), mask.mask(problem.detail())));
        await(ToExecutor.KindCase.RELEASE);
        return FAILED;
    }

    private FromExecutor ready(String problemCode, String problem) {
        return FromExecutor.newBuilder()
                .setReady(FromExecutor.Ready.newBuilder()
                        .setClock(Conversation.wire(worker.clock()))
                        .setProblemCode(problemCode)
                        .setProblem(problem))
                .build();
    }

    /** The order of that kind; null if the worker wants the executor to go, or is gone. */
    private @Nullable ToExecutor await(ToExecutor.KindCase kind) throws InterruptedException {
        for (String hopeless = ""; hopeless.isEmpty(); hopeless = worker.hopeless(settings.patience())) {
            ToExecutor order = worker.nextOrder(LOOK);
            if (order == null) {
                continue;
            }
            if (order.getKindCase() == kind) {
                return order;
            }
            if (order.hasStop() || order.hasRelease()) {
                JobLog.info("stopped before the load began"
                        + (order.hasStop() ? ": " + order.getStop().getReason() : ""));
                return null;
            }
        }
        JobLog.warn(worker.hopeless(settings.patience()));
        return null;
    }

    private void sayAssigned(Shard shard) {
        JobLog.info("executor %d: scenario '%s' with %s %s, share %d of %d"
                .formatted(
                        shard.executor(),
                        shard.scenario().name(),
                        tool.descriptor().name(),
                        tool.descriptor().version(),
                        shard.index() + 1,
                        shard.of()));
    }

    @Override
    public long produced() {
        var current = measurement;
        return current == null ? 0 : current.recorder().produced();
    }

    @Override
    public double activeUsers() {
        var current = measurement;
        return current == null ? 0 : current.recorder().activeUsers();
    }

    @Override
    public int backlog() {
        var current = measurement;
        return current == null ? 0 : current.backlog();
    }

    @Override
    public boolean loadRunning() {
        return loadRunning;
    }
}
