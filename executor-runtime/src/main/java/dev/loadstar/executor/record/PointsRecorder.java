package dev.loadstar.executor.record;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

import dev.loadstar.contract.wire.ArrivalPoint;
import dev.loadstar.contract.wire.ExecutorHealth;
import dev.loadstar.contract.wire.SeriesPoint;
import dev.loadstar.executor.clock.WorkerClock;
import dev.loadstar.executor.log.JobLog;
import dev.loadstar.executor.tool.ArrivalFate;
import dev.loadstar.executor.tool.Exchange;
import dev.loadstar.executor.tool.Recorder;
import dev.loadstar.executor.tool.Sample;
import org.jspecify.annotations.Nullable;

/**
 * Takes samples from the tool's threads and writes one record per second, also when nothing happened, from the start of
 * the load to its end. One thread of its own folds every 100 ms; the tool's threads only append.
 *
 * <p>A second is written 100 ms after its end. A sample that still comes for it goes into a further record of the same
 * second, and so do series that do not fit into one. Readers add records up; a further one repeats the second's
 * {@link ExecutorHealth}, without what it would add.
 */
public final class PointsRecorder implements Recorder {

    private static final long SECOND = 1_000_000;
    private static final long TICK_MILLIS = 100;
    private static final long CLOSE_AFTER_MICROS = 100_000;
    private static final long REMEMBERED_SECONDS = 600;

    private final SampleBuffer buffer =
            new SampleBuffer(4 * Runtime.getRuntime().availableProcessors());
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("points").factory());
    private final RecordWriter writer;
    private final String scenario;
    private final FailedSamples failures;

    private final AtomicInteger unmeasured = new AtomicInteger();
    private volatile @Nullable Folding folding;
    private volatile long produced;
    private volatile long firstStartMicros = Long.MAX_VALUE;
    private volatile int activeUsers;

    public PointsRecorder(String runId, int executor, long epoch, String scenario, PointsSink sink) {
        this.writer = new RecordWriter(new RecordWriter.Producer(runId, executor, epoch), sink);
        this.scenario = scenario;
        this.failures = new FailedSamples(scenario);
    }

    @Override
    public void record(Sample sample) {
        buffer.add(sample);
    }

    @Override
    public void record(Sample failed, Supplier<Exchange> exchange) {
        buffer.add(failed);
        failures.add(failed, exchange);
    }

    @Override
    public void arrival(long dueMicros, ArrivalFate fate) {
        Folding started = folding;
        if (started != null) {
            started.arrival(dueMicros, fate);
        }
    }

    /** Begins to write records. Samples that came before are not lost. */
    public void start(PlannedLoad plan, WorkerClock clock, IntSupplier users) {
        var started = new Folding(plan, clock, users);
        folding = started;
        var _ = ticker.scheduleAtFixedRate(
                () -> {
                    try {
                        started.tick();
                    } catch (RuntimeException e) {
                        JobLog.error("a second could not be written; going on", e);
                    }
                },
                TICK_MILLIS,
                TICK_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    /** Writes what is left and the END record; a second call does nothing. Samples that come later are not counted: there is no load any more. */
    public synchronized void end(boolean failed, String message) throws InterruptedException {
        ticker.shutdown();
        if (!ticker.awaitTermination(30, TimeUnit.SECONDS)) {
            ticker.shutdownNow();
        }
        Folding last = folding;
        if (last != null) {
            folding = null;
            last.finish();
            writer.writeEnd(produced, failed, message);
        }
    }

    /** Requests that were begun and will never be measured; to be called before the end. */
    public void lose(int requests) {
        unmeasured.addAndGet(requests);
    }

    /** Request samples so far, up to 100 ms old. */
    public long produced() {
        return produced;
    }

    /** Request samples that could not be kept. */
    public long declaredLost() {
        return writer.declaredLost();
    }

    /** As last looked at. */
    public int activeUsers() {
        return activeUsers;
    }

    /** Start of the earliest sample on this machine's clock, epoch µs; {@link Long#MAX_VALUE} before there was one. */
    public long firstStartMicros() {
        return firstStartMicros;
    }

    /** The part of the work that needs to know when the load starts. Only the ticker's thread and, after it, the ending one come here. */
    private final class Folding {

        private final PlannedLoad plan;
        private final WorkerClock clock;
        private final IntSupplier users;
        private final OpenSeconds seconds;
        private final UsersIntegral integral;
        private final SortedMap<Long, ExecutorHealth> healths = new TreeMap<>();
        private final ArrivalCounts arrivals = new ArrivalCounts();
        private final HealthProbe health = new HealthProbe();
        private long nextSecond;
        private long requests;
        private long earliest = Long.MAX_VALUE;

        Folding(PlannedLoad plan, WorkerClock clock, IntSupplier users) {
            this.plan = plan;
            this.clock = clock;
            this.users = users;
            this.seconds = new OpenSeconds(scenario, plan, clock);
            this.integral = new UsersIntegral(plan.runStartMicros());
            this.nextSecond = Math.floorDiv(plan.runStartMicros(), SECOND);
        }

        void arrival(long dueMicros, ArrivalFate fate) {
            long due = clock.fromOwn(dueMicros);
            arrivals.add(Math.floorDiv(due, SECOND), plan.stageAt(due), fate);
        }

        void tick() {
            long now = clock.nowMicros();
            activeUsers = users.getAsInt();
            integral.add(activeUsers, now);
            drain(now);
            while (now >= (nextSecond + 1) * SECOND + CLOSE_AFTER_MICROS) {
                close(nextSecond++);
            }
        }

        void finish() {
            long now = clock.nowMicros();
            integral.add(users.getAsInt(), now);
            activeUsers = 0;
            drain(now);
            do {
                close(nextSecond++);
            } while (nextSecond * SECOND < now);
            health.close();
        }

        private void drain(long now) {
            buffer.drainTo(sample -> {
                requests += sample.kind() == Sample.Kind.REQUEST ? 1 : 0;
                earliest = Math.min(earliest, sample.startMicros());
                seconds.add(sample, now);
                if (plan.isPaced() && sample.kind() == Sample.Kind.REQUEST && sample.intendedMicros() >= 0) {
                    arrival(sample.intendedMicros(), ArrivalFate.BEGUN);
                }
            });
            long lost = buffer.takeLost() + unmeasured.getAndSet(0);
            requests += lost;
            writer.lose(lost);
            produced = requests;
            firstStartMicros = earliest;
        }

        private void close(long second) {
            ExecutorHealth now = health.read()
                    .setActiveUsers(integral.take(second))
                    .setPlannedUsers(plan.usersIn(second))
                    .build();
            healths.put(second, RecordWriter.again(now));
            healths.headMap(second - REMEMBERED_SECONDS).clear();
            SortedMap<Long, List<SeriesPoint>> folded = seconds.takeUntil(second);
            SortedMap<Long, List<ArrivalPoint>> decided = arrivals.takeUntil(second, scenario);
            var written = new TreeSet<>(folded.keySet());
            written.addAll(decided.keySet());
            written.add(second);
            for (long each : written) {
                var points = folded.getOrDefault(each, List.of());
                var arrived = decided.getOrDefault(each, List.of());
                ExecutorHealth then = each == second ? now : healths.getOrDefault(each, RecordWriter.again(now));
                writer.write(each, plan.revisionAt(each * SECOND), points, arrived, then);
            }
            writer.writeFailures(second, plan.revisionAt(second * SECOND), failures.take(clock), now);
        }
    }
}
