package dev.loadstar.executor.jmeter;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

import dev.loadstar.executor.request.Answer;
import dev.loadstar.executor.request.Step;
import dev.loadstar.executor.request.Visit;
import org.apache.jmeter.assertions.AssertionResult;
import org.apache.jmeter.protocol.http.sampler.HTTPSampleResult;
import org.apache.jmeter.samplers.AbstractSampler;
import org.apache.jmeter.samplers.Entry;
import org.apache.jmeter.samplers.Interruptible;
import org.apache.jmeter.samplers.SampleMonitor;
import org.apache.jmeter.samplers.SampleResult;
import org.apache.jmeter.samplers.Sampler;
import org.apache.jmeter.testelement.ThreadListener;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request of the definition. It has no property with a text of the user's, so that JMeter finds no function to
 * evaluate. Public with a public constructor, because JMeter clones elements by reflection.
 */
public final class RequestSampler extends AbstractSampler implements Interruptible, SampleMonitor, ThreadListener {

    private static final long serialVersionUID = 1L;

    private transient @Nullable RequestRun run;
    private transient @Nullable Supplier<Step> steps;
    private transient @Nullable Step next;
    private transient volatile @Nullable Browser sending;

    public RequestSampler() {}

    static RequestSampler of(RequestRun run, Supplier<Step> steps) {
        var sampler = new RequestSampler();
        sampler.setName("request");
        sampler.run = run;
        sampler.steps = steps;
        return sampler;
    }

    @Override
    public Object clone() {
        var copy = (RequestSampler) super.clone();
        copy.run = run;
        copy.steps = steps;
        return copy;
    }

    /** The pause before a request is no part of it. */
    @Override
    public void sampleStarting(Sampler sampler) {
        if (sampler == this) {
            next = pick();
        }
    }

    @Override
    public void sampleEnded(Sampler sampler) {
        // The sample itself says when it is over.
    }

    /** Null where nothing is to be sent: the iteration has ended early, or was cut off while the user thought. */
    private @Nullable Step pick() {
        Step step = complete(steps).get();
        return complete(run).browser().visit().isOver() || !think(step.thinkTime()) ? null : step;
    }

    /** Whether the sample that is about to be made is a request. */
    boolean sends() {
        return next != null;
    }

    /** Null where nothing is sent. */
    @Override
    public @Nullable SampleResult sample(@Nullable Entry entry) {
        Step step = next;
        if (step == null) {
            return null;
        }
        Browser browser = complete(run).browser();
        sending = browser;
        HTTPSampleResult result = send(step, browser);
        sending = null;
        name(result, step.name());
        judge(result, step, browser.visit());
        return result;
    }

    /** Makes the result a success or an error. */
    private static void judge(HTTPSampleResult result, Step step, Visit visit) {
        if (result.getResponseCode().length() != 3) {
            step.unanswered(visit);
            return;
        }
        List<String> failures = step.judge(new SampleAnswer(result), visit);
        result.setSuccessful(failures.isEmpty());
        if (!failures.isEmpty()) {
            var failure = new AssertionResult("expect");
            failure.setFailure(true);
            failure.setFailureMessage(String.join("; ", failures));
            result.addAssertionResult(failure);
        }
    }

    private record SampleAnswer(HTTPSampleResult result) implements Answer {

        @Override
        public int status() {
            return Integer.parseInt(result.getResponseCode());
        }

        @Override
        public String body() {
            return result.getResponseDataAsString();
        }

        @Override
        public Optional<String> header(String name) {
            return result.getResponseHeaders()
                    .lines()
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst();
        }
    }

    private static <T> T complete(@Nullable T part) {
        return Objects.requireNonNull(part, "only copies of a complete sampler sample");
    }

    /** Hops of redirects are numbered, as in JMeter's own listener; their addresses may hold anything. */
    private static void name(SampleResult result, String label) {
        result.setSampleLabel(label);
        SampleResult[] hops = result.getSubResults();
        for (int hop = 0; hop < hops.length; hop++) {
            name(hops[hop], label + "-" + hop);
        }
    }

    private static HTTPSampleResult send(Step step, Browser browser) {
        try {
            return browser.send(step.in(browser.visit()));
        } catch (IOException e) {
            return browser.failed(e);
        }
    }

    private static boolean think(Duration time) {
        try {
            if (time.isPositive()) {
                Thread.sleep(time);
            }
            return true;
        } catch (InterruptedException e) {
            // The user was told to end, which its thread looks at by itself.
            return false;
        }
    }

    @Override
    public boolean interrupt() {
        Browser browser = sending;
        return browser != null && browser.cut();
    }

    @Override
    public void threadStarted() {
        // The first look for an iteration opens the browser.
    }

    @Override
    public void threadFinished() {
        if (run != null) {
            run.closeBrowser();
        }
    }
}
