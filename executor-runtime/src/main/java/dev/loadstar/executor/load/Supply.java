package dev.loadstar.executor.load;

import java.util.List;

/** What an iteration needs besides a user whom the plan wants, such as one of the iterations that are left. */
public interface Supply {

    /** Makes what the calling user's thread needs once, while it still waits for its first iteration. */
    default void ready() {}

    /**
     * Takes what one iteration needs, for the calling user's thread.
     *
     * @param ending of the load, for a supply whose end is a failure
     * @return false if there is nothing left for it
     */
    boolean take(Ending ending);

    /** Nobody will get anything any more. */
    boolean isSpent();

    /** What is still to be taken although the plan's time is over, as a sentence; empty if nothing is. */
    default String owed() {
        return "";
    }

    /** All of them together; nothing is needed where there are none. */
    static Supply all(List<Supply> supplies) {
        return new Supply() {
            @Override
            public void ready() {
                supplies.forEach(Supply::ready);
            }

            @Override
            public boolean take(Ending ending) {
                return supplies.stream().allMatch(supply -> supply.take(ending));
            }

            @Override
            public boolean isSpent() {
                return supplies.stream().anyMatch(Supply::isSpent);
            }

            @Override
            public String owed() {
                return supplies.stream()
                        .map(Supply::owed)
                        .filter(owed -> !owed.isEmpty())
                        .findFirst()
                        .orElse("");
            }
        };
    }
}
