package dev.loadstar.executor.jmeter;

import java.util.function.BooleanSupplier;

import dev.loadstar.executor.tool.Recorder;
import dev.loadstar.executor.tool.Sample;
import org.apache.jmeter.control.TransactionController;
import org.apache.jmeter.protocol.http.sampler.HTTPSampleResult;
import org.apache.jmeter.samplers.SampleResult;

/**
 * JMeter's results as the platform counts them: one request per sampler that ran, transactions beside them; redirect
 * hops and embedded resources are part of their request.
 */
final class SampleReader {

    private final SampleErrors errors;

    /** @param cut whether running samples are being interrupted by the session itself */
    SampleReader(BooleanSupplier cut) {
        this.errors = new SampleErrors(cut);
    }

    void read(SampleResult result, boolean transactionEvent, Recorder recorder) {
        boolean transaction = transactionEvent || isTransaction(result);
        recorder.record(sample(result, transaction));
        if (transaction) {
            // With "generate parent sample" listeners get nothing but the parent.
            for (SampleResult part : result.getSubResults()) {
                read(part, false, recorder);
            }
        }
    }

    /** A parent sample that was ended early has no message, but alone among plain results it has others inside. */
    private static boolean isTransaction(SampleResult result) {
        return TransactionController.isFromTransactionController(result)
                || (result.getClass() == SampleResult.class
                        && result.getResponseMessage().isEmpty()
                        && result.getSubResults().length > 0);
    }

    private Sample sample(SampleResult result, boolean transaction) {
        String errorKind = result.isSuccessful() ? null : errors.kind(result, transaction);
        return new Sample(
                result.getSampleLabel(),
                transaction ? Sample.Kind.TRANSACTION : Sample.Kind.REQUEST,
                micros(result.getStartTime()),
                -1,
                micros(result.getTime()),
                ttfb(result),
                result.getConnectTime() > 0 ? micros(result.getConnectTime()) : -1,
                result.getBytesAsLong(),
                result.getSentBytes(),
                errorKind,
                errorKind == null ? null : errors.message(result));
    }

    private static long ttfb(SampleResult result) {
        boolean measured =
                result.getLatency() > 0 || (result instanceof HTTPSampleResult && result.getBytesAsLong() > 0);
        return measured ? micros(result.getLatency()) : -1;
    }

    /** JMeter measures in milliseconds. */
    private static long micros(long millis) {
        return millis * 1000;
    }
}
