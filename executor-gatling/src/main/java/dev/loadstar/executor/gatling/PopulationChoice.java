package dev.loadstar.executor.gatling;

import java.util.List;

import dev.loadstar.executor.load.GroupSequence;
import io.gatling.core.scenario.Population;

/** Which population each user or arrival of the whole test belongs to: shared in proportion to what the simulation injects of each. */
final class PopulationChoice implements Starter {

    private final List<Population> populations;
    private final GroupSequence sequence;
    private final Engine engine;

    PopulationChoice(List<Population> populations, Engine engine) {
        this.engine = engine;
        this.populations = List.copyOf(populations);
        this.sequence = new GroupSequence(populations.stream()
                .mapToLong(population ->
                        OwnInjection.of(population.injectionProfile()).size())
                .toArray());
    }

    @Override
    public boolean begin(long number, long intendedMicros, Runnable atEnd) {
        engine.begin(of(number), intendedMicros, atEnd);
        return true;
    }

    private Population of(long k) {
        return populations.size() == 1 ? populations.getFirst() : populations.get(sequence.group(k));
    }

    @Override
    public boolean isSpent() {
        return false;
    }
}
