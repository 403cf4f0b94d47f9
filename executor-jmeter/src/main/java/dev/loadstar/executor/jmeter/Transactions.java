package dev.loadstar.executor.jmeter;

import java.util.Arrays;

import org.apache.jmeter.control.TransactionController;
import org.apache.jmeter.protocol.http.sampler.HTTPSampleResult;
import org.apache.jmeter.samplers.SampleResult;
import org.apache.jmeter.threads.JMeterContextService;

/** Tells results that only contain those of samplers from those of samplers. JMeter itself marks them by a message alone. */
final class Transactions {

    private Transactions() {}

    /** Whether a result that a listener got is one. Called on the user's thread, where JMeter remembers its last sampler's result. */
    static boolean isOne(SampleResult result) {
        return isOneInside(result)
                || (isUnfinished(result)
                        && result != JMeterContextService.getContext().getPreviousResult());
    }

    /** The same of a result inside of another one. */
    static boolean isOneInside(SampleResult result) {
        return TransactionController.isFromTransactionController(result)
                || (result.getClass() == SampleResult.class
                        && result.getSubResults().length > 0
                        && (isUnfinished(result) || containsRequests(result)));
    }

    /** A parent sample that was ended early never got its message. */
    private static boolean isUnfinished(SampleResult result) {
        return result.getClass() == SampleResult.class && "".equals(result.getResponseMessage());
    }

    /** Controllers of plug-ins that run samplers side by side make such a parent. */
    private static boolean containsRequests(SampleResult result) {
        return Arrays.stream(result.getSubResults()).anyMatch(HTTPSampleResult.class::isInstance);
    }
}
