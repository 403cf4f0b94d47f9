package dev.loadstar.contract.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What one owner has of a global sequence of arrivals, users or rows: its own stripe, and its part of the stripes of those
 * that were lost. Owners have no index in common and none is left over, so that their sums are exact.
 */
public final class Stripes {

    private final List<Stripe> all;

    private Stripes(List<Stripe> all) {
        this.all = List.copyOf(all);
    }

    public static Stripes of(List<Stripe> stripes) {
        return new Stripes(stripes);
    }

    public static Stripes of(int index, int of) {
        return new Stripes(List.of(new Stripe(index, of)));
    }

    public List<Stripe> all() {
        return all;
    }

    public boolean owns(long k) {
        for (Stripe stripe : all) {
            if (stripe.owns(k)) {
                return true;
            }
        }
        return false;
    }

    /** How many of the first {@code total} indices are owned. */
    public long share(long total) {
        long share = 0;
        for (Stripe stripe : all) {
            share += stripe.share(total);
        }
        return share;
    }

    /** Of the whole, 0…1. */
    public double fraction() {
        return all.stream().mapToDouble(stripe -> 1.0 / stripe.of()).sum();
    }

    /** The lowest owned index that is not below {@code from}; {@link Long#MAX_VALUE} where nothing is owned. */
    public long next(long from) {
        long next = Long.MAX_VALUE;
        for (Stripe stripe : all) {
            next = Math.min(next, stripe.next(from));
        }
        return next;
    }

    /** The owned ones of the first {@code total} indices, lowest first. */
    public long[] first(long total) {
        long[] owned = new long[Math.toIntExact(share(total))];
        int n = 0;
        for (Stripe stripe : all) {
            for (long k = stripe.index(); k < total; k += stripe.of()) {
                owned[n++] = k;
            }
        }
        Arrays.sort(owned);
        return owned;
    }

    /**
     * How many of the {@code total} things that so many users share fall to the users that are owned: every user has an
     * equal part, and an owner without users none.
     */
    public long shareOfUsers(long total, int users) {
        return users == 0 ? 0 : share(users) * (total / users) + share(total % users);
    }

    /** This and what one of {@code heirs} equal heirs gets of another's. */
    public Stripes inheriting(Stripes lost, int heir, int heirs) {
        var more = new ArrayList<>(all);
        lost.all.forEach(stripe -> more.add(stripe.split(heirs).get(heir)));
        return new Stripes(more);
    }

    @Override
    public String toString() {
        return all.toString();
    }
}
