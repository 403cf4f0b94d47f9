package dev.loadstar.results;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.loadstar.contract.plan.Load;

/**
 * How many iterations the users of a paced load begin at least in each stage: each user whole intervals of the time in
 * which it is wanted there. Where within an interval a user's own grid begins is not known.
 */
final class PacedIterations {

    private final double pacingNanos;

    private PacedIterations(Load.Closed load) {
        pacingNanos = load.pacing().toNanos();
    }

    /** By stage, up to that time after the scenario's start. */
    static Map<String, Double> planned(Load.Closed load, Duration until) {
        var counting = new PacedIterations(load);
        var planned = new LinkedHashMap<String, Double>();
        long begin = 0;
        double from = load.startUsers();
        for (var stage : load.stages()) {
            double first = stage.shape() == Load.Shape.RAMP ? from : stage.users();
            long length = stage.duration().toNanos();
            double share = Math.clamp((until.toNanos() - begin) / (double) length, 0, 1);
            double last = first + (stage.users() - first) * share;
            planned.merge(stage.name(), counting.of(first, last, length * share), Double::sum);
            begin += length;
            from = stage.users();
        }
        return planned;
    }

    /** Of a line from one number of users to another: user k is wanted where it is above k + ½. */
    private double of(double first, double last, double nanos) {
        double low = Math.min(first, last);
        double high = Math.max(first, last);
        double sum = 0;
        for (int k = 0; k + 0.5 <= high; k++) {
            double part = k + 0.5 <= low ? 1 : (high - k - 0.5) / (high - low);
            sum += Math.floor(part * nanos / pacingNanos);
        }
        return sum;
    }
}
