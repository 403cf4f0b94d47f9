package dev.loadstar.executor.gatling;

import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/** The iterations that run now, by the names that stand for them. Safe for many threads. */
final class Iterations {

    private final ConcurrentHashMap<Name, Iteration> running = new ConcurrentHashMap<>();

    void begun(Iteration iteration) {
        running.put(new Name(iteration.scenario()), iteration);
    }

    void ended(Iteration iteration) {
        running.remove(new Name(iteration.scenario()));
    }

    @Nullable
    Iteration named(String scenario) {
        return running.get(new Name(scenario));
    }

    /** A string as the object that it is, whatever it says. */
    private record Name(String text) {

        @Override
        @SuppressWarnings("ReferenceEquality") // equal names of two iterations are not the same
        public boolean equals(@Nullable Object other) {
            return other instanceof Name name && name.text == text;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(text);
        }
    }
}
