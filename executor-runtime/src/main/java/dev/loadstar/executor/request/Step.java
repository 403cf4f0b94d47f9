package dev.loadstar.executor.request;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import dev.loadstar.contract.plan.Requests;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.template.Encoding;
import dev.loadstar.executor.secret.PlanValues;
import org.jspecify.annotations.Nullable;

/** One request of the definition, ready to be sent again and again. */
public final class Step {

    private static final String CONTENT_TYPE = "Content-Type";

    private final Requests.Request request;
    private final RequestAddress address;
    private final Map<String, Text> headers;
    private final @Nullable RequestBody body;
    private final ResponseCheck check;

    private Step(
            Requests.Request request,
            RequestAddress address,
            Map<String, Text> headers,
            @Nullable RequestBody body,
            ResponseCheck check) {
        this.request = request;
        this.address = address;
        this.headers = headers;
        this.body = body;
        this.check = check;
    }

    public static Step of(Requests.Request request, RunPlan.Target target, Path workspace, PlanValues values)
            throws IOException {
        var headers = new LinkedHashMap<String, Text>();
        request.headers().forEach((name, value) -> headers.put(name, Text.of(value, Encoding.HEADER, values)));
        Requests.Body carried = request.body();
        return new Step(
                request,
                new RequestAddress(target, request.path(), request.query(), values),
                headers,
                carried == null ? null : RequestBody.of(carried, workspace, values),
                ResponseCheck.of(request, values));
    }

    public String name() {
        return request.name();
    }

    /** A pause before it, drawn anew each time. */
    public Duration thinkTime() {
        Requests.ThinkTime time = request.thinkTime();
        return time == null
                ? Duration.ZERO
                : Duration.ofNanos(ThreadLocalRandom.current()
                        .nextLong(time.min().toNanos(), time.max().toNanos() + 1));
    }

    /** @throws IOException with a sentence if the values make no request */
    public Outgoing in(Visit visit) throws IOException {
        var lines = new ArrayList<Outgoing.Header>();
        headers.forEach((name, value) -> lines.add(new Outgoing.Header(name, value.in(visit))));
        Outgoing.Body filled = null;
        if (body != null) {
            filled = body.in(visit);
            if (headers.keySet().stream().noneMatch(CONTENT_TYPE::equalsIgnoreCase)) {
                lines.add(new Outgoing.Header(CONTENT_TYPE, body.contentType()));
            }
        }
        return new Outgoing(request.method(), address.in(visit), List.copyOf(lines), filled);
    }

    /** What the response has that was not expected, empty if nothing; values of it are kept. */
    public List<String> judge(Answer answer, Visit visit) {
        return check.judge(answer, visit);
    }

    /** No response came. */
    public void unanswered(Visit visit) {
        check.unanswered(visit);
    }
}
