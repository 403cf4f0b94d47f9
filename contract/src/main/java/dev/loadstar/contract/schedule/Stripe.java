package dev.loadstar.contract.schedule;

/** The indices of a global sequence that one of several equal owners has: {@code index, index + of, index + 2 of, …}. */
public record Stripe(int index, int of) {

    public Stripe {
        if (index < 0 || index >= of) {
            throw new IllegalArgumentException("stripe %d of %d".formatted(index, of));
        }
    }

    public boolean owns(long k) {
        return k % of == index;
    }

    /** How many of the first {@code total} indices are owned; over all stripes these add up to {@code total}. */
    public long share(long total) {
        return total / of + (index < total % of ? 1 : 0);
    }

    /**
     * How many of the {@code total} things that so many users share fall to the users that are owned: every user has an
     * equal part, and an owner without users none.
     */
    public long shareOfUsers(long total, int users) {
        return users == 0 ? 0 : share(users) * (total / users) + share(total % users);
    }

    /** The {@code n}-th owned index. */
    public long at(long n) {
        return n * of + index;
    }
}
