package dev.loadstar.executor.request;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Picks requests by weight. The picks of all users of an executor are one sequence: multiples of the golden ratio, which fill
 * the shares more evenly than chance would, however few they are, and follow no short cycle.
 */
public final class WeightedPick implements Supplier<Step> {

    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    private final List<Step> steps;
    private final double[] upTo;
    private final AtomicLong picks = new AtomicLong();

    private WeightedPick(List<Step> steps, double[] upTo) {
        this.steps = steps;
        this.upTo = upTo;
    }

    public static WeightedPick of(List<Step> steps, List<Double> weights) {
        double total = weights.stream().mapToDouble(weight -> weight).sum();
        double[] upTo = new double[weights.size()];
        double sum = 0;
        for (int i = 0; i < upTo.length; i++) {
            sum += weights.get(i);
            upTo[i] = sum / total;
        }
        return new WeightedPick(steps, upTo);
    }

    @Override
    public Step get() {
        return steps.get(index(picks.getAndIncrement()));
    }

    /** Which one the n-th pick is. */
    int index(long n) {
        double place = (n + 0.5) * GOLDEN % 1;
        int index = 0;
        while (index < upTo.length - 1 && place >= upTo[index]) {
            index++;
        }
        return index;
    }
}
