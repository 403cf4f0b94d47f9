package dev.loadstar.executor.jmeter;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import dev.loadstar.contract.plan.Requests;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.Shard;
import dev.loadstar.executor.load.Ending;
import dev.loadstar.executor.load.Supply;
import dev.loadstar.executor.record.MaskingRecorder;
import dev.loadstar.executor.request.RequestSteps;
import dev.loadstar.executor.request.Step;
import dev.loadstar.executor.request.Visit;
import dev.loadstar.executor.request.Visits;
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
    private final List<Supplier<Step>> steps;
    private final Visits visits;
    private final Map<Thread, Browser> browsers = new ConcurrentHashMap<>();
    private @Nullable Thread watch;

    private RequestRun(Requests requests, RunPlan.Target target, List<Supplier<Step>> steps, Visits visits) {
        this.requests = requests;
        this.target = target;
        this.steps = steps;
        this.visits = visits;
    }

    /** @throws IOException if a file cannot be read, or an address makes no sense */
    static RequestRun of(Requests requests, Shard shard, Secrets secrets, Path workspace, RowSource rows)
            throws IOException {
        return new RequestRun(
                requests,
                shard.target(),
                RequestSteps.of(requests, shard, secrets, workspace),
                Visits.of(shard, workspace, rows));
    }

    /** One sampler per request in order, or one that picks by weight. */
    List<RequestSampler> samplers() {
        return steps.stream().map(step -> RequestSampler.of(this, step)).toList();
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
        return visits.areSensitive() ? new RowMasking(recorder) : recorder;
    }

    /** Hides the calling user's values of sensitive data as well. */
    UnaryOperator<String> hiding(SecretMask secrets) {
        return visits.areSensitive() ? text -> browser().visit().mask().mask(secrets.mask(text)) : secrets::mask;
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

    /** A client takes a while to make. */
    @Override
    public void ready() {
        browser();
    }

    @Override
    public boolean take(Ending ending) {
        Visit next = visits.next(ending);
        if (next != null) {
            browser().begin(next);
        }
        return next != null;
    }

    @Override
    public boolean isSpent() {
        return visits.isSpent();
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
