package dev.loadstar.executor.kit;

import java.io.IOException;
import java.util.List;

/** Some lines of the table of figures that are measured together: one load through the whole product, read at the target. */
public interface FidelityRow {

    /** What {@code --rows} chooses by. */
    String name();

    /** Makes the load with that tool and reads the target's log. */
    List<Line> measure(Bench bench) throws IOException, InterruptedException;

    /**
     * What a row is measured with.
     *
     * @param target is empty before each row
     */
    record Bench(String tool, FidelityProduct product, TargetProcess target) {

        /** Runs a load of one request per iteration to its end, and answers what the target saw. */
        TargetLog load(String load, int executors, String... paths) throws IOException, InterruptedException {
            target.reset();
            product.run(definition(load, executors, "continue", paths));
            return target.log();
        }

        /**
         * A definition that sends one GET in each iteration.
         *
         * @param load the JSON of its {@code load}
         * @param onLoss of its executors
         * @param paths of one request, or several each followed by its weight after a blank
         */
        String definition(String load, int executors, String onLoss, String... paths) {
            return FidelityDefinition.of(this, load, executors, onLoss, paths);
        }
    }

    /** One line of the table. */
    record Line(String model, String figure, String bar, String measured, boolean holds) {}
}
