package dev.loadstar.executor.gatling;

import java.util.ArrayList;

import dev.loadstar.executor.tool.Recorder;
import dev.loadstar.executor.tool.Sample;
import dev.loadstar.executor.tool.Sample.Kind;
import io.gatling.commons.stats.KO$;
import io.gatling.commons.stats.Status;
import io.gatling.core.actor.ActorRef;
import io.gatling.core.controller.Controller;
import io.gatling.core.session.GroupBlock;
import io.gatling.core.stats.StatsEngine;
import io.gatling.http.response.Response;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.collection.immutable.List;
import scala.jdk.javaapi.CollectionConverters;

/** Makes samples of what Gatling measures, in place of its log file. Gatling measures in whole milliseconds. */
final class SampleStats implements StatsEngine {

    private static final String BETWEEN = " / ";
    private static final long MICROS = 1_000;

    private final Iterations iterations;
    private final Recorder recorder;
    private final SampleErrors errors;

    SampleStats(Iterations iterations, Recorder recorder, SampleErrors errors) {
        this.iterations = iterations;
        this.recorder = recorder;
        this.errors = errors;
    }

    @Override
    public void logResponse(
            String scenario,
            List<String> groups,
            String requestName,
            long startTimestamp,
            long endTimestamp,
            Status status,
            Option<String> responseCode,
            Option<String> message) {
        Iteration iteration = iterations.named(scenario);
        Response response = iteration == null ? null : iteration.takeResponse();
        if (endTimestamp < 0) {
            return; // a message that nobody asked for has no duration
        }
        String label = label(groups, requestName);
        var time = new Time(startTimestamp, endTimestamp - startTimestamp);
        if (!isFailure(status)) {
            recorder.record(sample(label, time, iteration, response, null, null));
            return;
        }
        String text = orNull(message);
        String kind = errors.kind(orNull(responseCode), text);
        if (iteration != null) {
            iteration.failed(kind);
        }
        Sample failed = sample(label, time, iteration, response, kind, text);
        if (response == null) {
            recorder.record(failed);
        } else {
            recorder.record(failed, () -> Exchanges.of(response));
        }
    }

    /** A request that Gatling could not even make. */
    @Override
    public void logRequestCrash(String scenario, List<String> groups, String requestName, String error) {
        Iteration iteration = iterations.named(scenario);
        String kind = errors.kindOfCrash(error);
        if (iteration != null) {
            iteration.failed(kind);
        }
        var now = new Time(EngineSettings.CLOCK.nowMillis(), 0);
        recorder.record(sample(label(groups, requestName), now, iteration, null, kind, error));
    }

    /** As long as its requests took, as in Gatling's own report. */
    @Override
    public void logGroupEnd(String scenario, GroupBlock group, long exitTimestamp) {
        Iteration iteration = iterations.named(scenario);
        boolean failed = isFailure(group.status());
        String why = iteration == null ? null : iteration.failure();
        int duration = group.cumulatedResponseTime();
        recorder.record(new Sample(
                String.join(BETWEEN, CollectionConverters.asJava(group.groups())),
                Kind.TRANSACTION,
                (exitTimestamp - duration) * MICROS,
                -1,
                duration * MICROS,
                -1,
                -1,
                0,
                0,
                !failed ? null : why == null ? "other" : why,
                null));
    }

    private static Sample sample(
            String label,
            Time time,
            @Nullable Iteration iteration,
            @Nullable Response response,
            @Nullable String errorKind,
            @Nullable String message) {
        return new Sample(
                label,
                Kind.REQUEST,
                time.start * MICROS,
                iteration == null ? -1 : iteration.takeIntended(),
                time.length * MICROS,
                -1,
                -1,
                response == null ? 0 : Exchanges.bytesReceived(response),
                response == null ? 0 : Exchanges.bytesSent(response.request()),
                errorKind,
                message);
    }

    /** A request's name with those of its groups, as Gatling shows them. */
    static String label(List<String> groups, String requestName) {
        if (groups.isEmpty()) {
            return requestName;
        }
        var names = new ArrayList<>(CollectionConverters.asJava(groups));
        names.add(requestName);
        return String.join(BETWEEN, names);
    }

    private static boolean isFailure(Status status) {
        return KO$.MODULE$.equals(status);
    }

    private static @Nullable String orNull(Option<String> text) {
        return text.isEmpty() ? null : text.get();
    }

    @Override
    public void start() {
        // Samples may come at any time.
    }

    @Override
    public void stop(ActorRef<Controller.Command> controller, Option<Exception> exception) {
        // There is nothing to write out.
    }

    @Override
    public void logUserStart(String scenario) {
        // Iterations are counted where they begin.
    }

    @Override
    public void logUserEnd(String scenario) {
        // And where they end.
    }

    /** In milliseconds. */
    private record Time(long start, long length) {}
}
