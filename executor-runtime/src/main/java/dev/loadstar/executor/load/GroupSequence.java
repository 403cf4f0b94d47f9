package dev.loadstar.executor.load;

import java.util.Arrays;

/**
 * Which group of the script each user of the whole test belongs to. Every executor computes the same sequence, in which
 * any first n users are split in the groups' proportions to less than one user, so that the sum is exact however the
 * users are spread over executors. It repeats itself as soon as the groups have been filled once, so that it goes on for
 * any number of arrivals.
 */
public final class GroupSequence {

    private final long[] weights;
    private final long total;
    private final long[] given;
    private int[] groups = new int[64];
    private int[] ranks = new int[64];
    private int known;

    /** @param weights sizes of the groups in the script; a negative one is not known, and then all count as equal */
    public GroupSequence(long[] weights) {
        boolean unknown = Arrays.stream(weights).anyMatch(weight -> weight < 0)
                || Arrays.stream(weights).sum() == 0;
        this.weights = unknown ? Arrays.stream(weights).map(weight -> 1).toArray() : weights.clone();
        this.total = Arrays.stream(this.weights).sum();
        this.given = new long[weights.length];
    }

    /** Group of global user {@code k}. */
    public synchronized int group(long k) {
        int place = place(k); // first, because it may put longer arrays in the place of these
        return groups[place];
    }

    /** How many users before {@code k} belong to the same group: its number within the group over the whole test. */
    public synchronized int rank(long k) {
        int place = place(k);
        return (int) (ranks[place] + k / total * weights[groups[place]]);
    }

    private int place(long k) {
        int place = Math.toIntExact(k % total);
        extendTo(place);
        return place;
    }

    private void extendTo(int k) {
        while (known <= k) {
            if (known == groups.length) {
                groups = Arrays.copyOf(groups, known * 2);
                ranks = Arrays.copyOf(ranks, known * 2);
            }
            int group = mostOwed(known + 1L);
            groups[known] = group;
            ranks[known] = (int) given[group]++;
            known++;
        }
    }

    /** The group that lies furthest behind its share of the first {@code users}. */
    private int mostOwed(long users) {
        int most = 0;
        for (int g = 1; g < weights.length; g++) {
            if (owed(g, users) > owed(most, users)) {
                most = g;
            }
        }
        return most;
    }

    private long owed(int group, long users) {
        return weights[group] * users - given[group] * total;
    }
}
