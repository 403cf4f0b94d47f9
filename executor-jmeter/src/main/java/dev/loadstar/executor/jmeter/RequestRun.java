package dev.loadstar.executor.jmeter;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import dev.loadstar.contract.plan.DataPlan;
import dev.loadstar.contract.plan.Requests;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.Shard;
import dev.loadstar.executor.data.DataFeed;
import dev.loadstar.executor.load.Ending;
import dev.loadstar.executor.load.Supply;
import dev.loadstar.executor.record.MaskingRecorder;
import dev.loadstar.executor.secret.PlanValues;
import dev.loadstar.executor.secret.SecretMask;
import dev.loadstar.executor.secret.Secrets;
import dev.loadstar.executor.tool.ArrivalFate;
import dev.loadstar.executor.tool.Exchange;
import dev.loadstar.executor.tool.Recorder;
import dev.loadstar.executor.tool.RowSource;
import dev.loadstar.executor.tool.Sample;
import org.jspecify.annotations.Nullable;

/** What all users of a scenario without a script share: its requests, its data, the watch over their time. */
final class RequestRun implements Supply {

    private static final long WATCH_NANOS = Duration.ofMillis(20).toNanos();

    private final Requests requests;
    private final RunPlan.Target target;
    private final List<Step> steps;
    private final List<DataFeed> feeds;
    private final Map<Thread, Browser> browsers = new ConcurrentHashMap<>();
    private volatile boolean spent;
    private @Nullable Thread watch;

    private RequestRun(Requests requests, RunPlan.Target target, List<Step> steps, List<DataFeed> feeds) {
        this.requests = requests;
        this.target = target;
        this.steps = steps;
        this.feeds = feeds;
    }

    /** @throws IOException if a file cannot be read, or an address makes no sense */
    static RequestRun of(Requests requests, Shard shard, Secrets secrets, Path workspace, RowSource rows)
            throws IOException {
        var values = new PlanValues(shard.inputs(), secrets);
        var steps = new ArrayList<Step>();
        for (Requests.Request request : requests.list()) {
            steps.add(Step.of(request, shard.target(), workspace.toAbsolutePath(), values));
        }
        var feeds = DataFeed.open(shard, workspace, workspace.resolve(".loadstar-rows"), rows);
        return new RequestRun(requests, shard.target(), List.copyOf(steps), feeds);
    }

    /** One sampler per request in order, or one that picks by weight. */
    List<RequestSampler> samplers() {
        if (requests.areWeighted()) {
            var weights = requests.list().stream().map(Requests.Request::weight).toList();
            return List.of(RequestSampler.of(this, WeightedPick.of(steps, weights)));
        }
        return steps.stream().map(step -> RequestSampler.of(this, () -> step)).toList();
    }

    /** The calling user's. */
    Browser browser() {
        return browsers.computeIfAbsent(Thread.currentThread(), user -> newBrowser());
    }

    /** The calling user is gone. */
    void closeBrowser() {
        Browser mine = browsers.remove(Thread.currentThread());
        if (mine != null) {
            mine.close();
        }
    }

    /** Hides the values of sensitive data as well. */
    Recorder masking(Recorder recorder) {
        return isSensitive() ? new RowMasking(recorder) : recorder;
    }

    /** Hides the calling user's values of sensitive data as well. */
    UnaryOperator<String> hiding(SecretMask secrets) {
        return isSensitive() ? text -> browser().visit().mask().mask(secrets.mask(text)) : secrets::mask;
    }

    private boolean isSensitive() {
        return feeds.stream().map(DataFeed::plan).anyMatch(DataPlan::sensitive);
    }

    /** Hides the row of the calling user, and looks for it only in what failed. */
    private final class RowMasking implements Recorder {

        private final Recorder recorder;

        RowMasking(Recorder recorder) {
            this.recorder = recorder;
        }

        @Override
        public void arrival(long dueMicros, ArrivalFate fate) {
            recorder.arrival(dueMicros, fate);
        }

        @Override
        public void record(Sample sample) {
            (sample.errorKind() == null ? recorder : masked()).record(sample);
        }

        @Override
        public void record(Sample failed, Supplier<Exchange> exchange) {
            masked().record(failed, exchange);
        }

        private Recorder masked() {
            return MaskingRecorder.of(recorder, browser().visit().mask());
        }
    }

    @Override
    public boolean take(Ending ending) {
        var rows = new ArrayList<DataFeed.Row>();
        for (DataFeed feed : feeds) {
            DataFeed.Row row = feed.next();
            if (row == null) {
                exhausted(feed.plan(), ending);
                return false;
            }
            rows.add(row);
        }
        browser().begin(new Visit(rows));
        return true;
    }

    private void exhausted(DataPlan plan, Ending ending) {
        spent = true;
        if (plan.onExhausted() == DataPlan.OnExhausted.FAIL_TEST) {
            ending.byFailure("The rows of `%s` are used up (%s)".formatted(plan.name(), plan.file()));
        }
    }

    @Override
    public boolean isSpent() {
        return spent;
    }

    private Browser newBrowser() {
        startWatch();
        return new Browser(requests, target);
    }

    private synchronized void startWatch() {
        if (watch == null) {
            watch = Thread.ofPlatform().daemon().name("request-timeouts").start(this::watch);
        }
    }

    private void watch() {
        do {
            LockSupport.parkNanos(this, WATCH_NANOS);
            browsers.values().forEach(Browser::checkTime);
        } while (!isWatchOver());
    }

    private synchronized boolean isWatchOver() {
        if (browsers.isEmpty()) {
            watch = null;
        }
        return watch == null;
    }
}
