package dev.loadstar.executor.jmeter;

import java.util.function.BooleanSupplier;

import dev.loadstar.executor.tool.Recorder;
import dev.loadstar.executor.tool.Sample;
import org.apache.jmeter.protocol.http.sampler.HTTPSampleResult;
import org.apache.jmeter.samplers.SampleResult;

/**
 * JMeter's results as the platform counts them, each row of JMeter's own listener once: one request per sampler that ran,
 * transactions around them, redirect hops, embedded resources and other sub-results as parts of their request.
 */
final class SampleReader {

    private final SampleErrors errors;

    /** @param cut whether running samples are being interrupted by the session itself */
    SampleReader(BooleanSupplier cut) {
        this.errors = new SampleErrors(cut);
    }

    void read(SampleResult result, boolean transactionEvent, Recorder recorder) {
        if (transactionEvent || Transactions.isOne(result)) {
            readTransaction(result, recorder);
        } else {
            record(result, Sample.Kind.REQUEST, recorder);
            readParts(result, recorder);
        }
    }

    /** With "generate parent sample" listeners get nothing but the parent, and the requests are inside. */
    private void readTransaction(SampleResult result, Recorder recorder) {
        record(result, Sample.Kind.TRANSACTION, recorder);
        for (SampleResult inside : result.getSubResults()) {
            if (Transactions.isOneInside(inside)) {
                readTransaction(inside, recorder);
            } else {
                record(inside, Sample.Kind.REQUEST, recorder);
                readParts(inside, recorder);
            }
        }
    }

    private void readParts(SampleResult result, Recorder recorder) {
        for (SampleResult part : result.getSubResults()) {
            record(part, Sample.Kind.PART, recorder);
            readParts(part, recorder);
        }
    }

    private void record(SampleResult result, Sample.Kind kind, Recorder recorder) {
        Sample sample = sample(result, kind);
        if (sample.errorKind() != null && failedByItself(result, kind)) {
            recorder.record(sample, () -> Exchanges.of(SampleErrors.cause(result, kind)));
        } else {
            recorder.record(sample);
        }
    }

    /** Transactions fail with their requests, and requests with their parts: each failure is shown once, as the request's. */
    private static boolean failedByItself(SampleResult result, Sample.Kind kind) {
        return switch (kind) {
            case REQUEST -> true;
            case TRANSACTION -> SampleErrors.failedAssertion(result) != null;
            case PART -> false;
        };
    }

    private Sample sample(SampleResult result, Sample.Kind kind) {
        String errorKind = result.isSuccessful() ? null : errors.kind(result, kind);
        return new Sample(
                String.valueOf(result.getSampleLabel()),
                kind,
                micros(result.getStartTime()),
                kind == Sample.Kind.REQUEST ? User.takeIntendedMicros() : -1,
                micros(result.getTime()),
                ttfb(result),
                result.getConnectTime() > 0 ? micros(result.getConnectTime()) : -1,
                result.getBytesAsLong(),
                result.getSentBytes(),
                errorKind,
                errorKind == null ? null : SampleErrors.message(result));
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
