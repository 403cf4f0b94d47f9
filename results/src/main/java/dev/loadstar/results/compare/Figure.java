package dev.loadstar.results.compare;

/**
 * A figure of one run.
 *
 * @param value in any unit
 * @param error its standard error within the run, in that unit: how far it would be from itself if the run were made again
 *     with other samples of the same target; 0 where nothing is known of it
 */
public record Figure(double value, double error) {

    /** Of which only the value is known. */
    public static Figure exactly(double value) {
        return new Figure(value, 0);
    }
}
