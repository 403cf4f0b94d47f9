package dev.loadstar.contract.plan;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What one executor does of the whole test, in numbers. Over all executors of a scenario users, iterations and shared rows
 * add up to its plan.
 *
 * @param executor number in the run, from 1 on
 * @param iterations of the scenario's iterations; null where it has a time instead of a number of them
 * @param rows that it sees of each of the scenario's data, by the data's name; without those that executors lease as they
 *     need them
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ExecutorShare(
        int executor,
        String scenario,
        String tool,
        List<StageShare> stages,
        @Nullable Long iterations,
        Map<String, Long> rows) {

    public ExecutorShare {
        stages = List.copyOf(stages);
        rows = rows == null ? Map.of() : Map.copyOf(rows);
    }

    /**
     * @param durationMs null where the script decides, as are the other numbers
     * @param users of this executor at the stage's end; null in an open load
     * @param rate arrivals per second of this executor at the stage's end; null in any other load
     * @param share of the scenario's users or arrivals at the stage's end, 0…1; null also where it has none then
     */
    public record StageShare(
            String name,
            @Nullable Long durationMs,
            @Nullable Long users,
            @Nullable Double rate,
            @Nullable Double share) {}
}
