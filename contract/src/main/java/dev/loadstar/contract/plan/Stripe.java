package dev.loadstar.contract.plan;

import java.util.List;
import java.util.stream.IntStream;

/** Indices of a global sequence that belong together: {@code index, index + of, index + 2 of, …}. */
public record Stripe(int index, int of) {

    /** All of them. */
    public static final Stripe WHOLE = new Stripe(0, 1);

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

    /** The lowest owned index that is not below {@code from}, which is not negative. */
    public long next(long from) {
        return from + Math.floorMod(index - from, (long) of);
    }

    /** This one cut into so many equal ones. */
    public List<Stripe> split(int parts) {
        return IntStream.range(0, parts)
                .mapToObj(part -> new Stripe(index + of * part, of * parts))
                .toList();
    }
}
