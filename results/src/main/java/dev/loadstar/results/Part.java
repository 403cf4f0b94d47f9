package dev.loadstar.results;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.loadstar.contract.run.RunDocument.ArrivalResult;
import dev.loadstar.results.Measured.ExecutorSecond;

/**
 * What an assertion is judged on: what is in its scope, of the whole run or of a window.
 *
 * @param samples with an intended latency for all, also where no schedule exists
 * @param arrivals in the scope's stages; what was planned is not in it
 * @param missing samples that dropped arrivals would have made, which rank above all others in intended latency
 * @param generator seconds of the executors
 * @param target values of the query that the assertion is about
 * @param time how long there was load
 */
record Part(
        Instant begin,
        Samples samples,
        ArrivalResult arrivals,
        long missing,
        List<ExecutorSecond> generator,
        List<TargetSeries.Value> target,
        Duration time) {

    static final ArrivalResult NO_ARRIVALS = new ArrivalResult(0, 0, 0, 0);
}
