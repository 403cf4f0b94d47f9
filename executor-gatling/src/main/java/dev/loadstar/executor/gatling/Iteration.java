package dev.loadstar.executor.gatling;

import io.gatling.http.response.Response;
import org.jspecify.annotations.Nullable;

/**
 * One way of a user through a scenario. Gatling tells its statistics only the scenario's name, so each iteration has a copy
 * of the name of its own and is known by it. Used on the event loop of its user.
 */
final class Iteration {

    private final String scenario;
    private long intendedMicros;
    private @Nullable Response response;
    private @Nullable String failure;

    /** @param intendedMicros when the schedule wanted it, or -1 where no schedule does */
    Iteration(String scenario, long intendedMicros) {
        this.scenario = String.valueOf(scenario.toCharArray());
        this.intendedMicros = intendedMicros;
    }

    /** This very object stands for the iteration. */
    String scenario() {
        return scenario;
    }

    /** For the first request alone: the others wait for it. */
    long takeIntended() {
        long intended = intendedMicros;
        intendedMicros = -1;
        return intended;
    }

    /** Gatling is about to judge that response. */
    void answered(Response answer) {
        response = answer;
    }

    /** What was judged last; null where nothing was answered. */
    @Nullable
    Response takeResponse() {
        Response last = response;
        response = null;
        return last;
    }

    void failed(String kind) {
        failure = kind;
    }

    /** Why its last request failed that did; null where none has. */
    @Nullable
    String failure() {
        return failure;
    }
}
