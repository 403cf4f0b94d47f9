package dev.loadstar.executor;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import dev.loadstar.contract.wire.RunKey;
import dev.loadstar.executor.log.JobLog;
import dev.loadstar.executor.record.PointsRecorder;
import dev.loadstar.executor.spool.Spool;
import dev.loadstar.executor.spool.SpoolSender;

/** The way of what is measured: recorder, spool, sender. */
final class Measurement implements AutoCloseable {

    private static final long SEGMENT_BYTES = 8 << 20;

    private final Spool spool;
    private final SpoolSender sender;
    private final PointsRecorder recorder;

    private Measurement(Spool spool, SpoolSender sender, PointsRecorder recorder) {
        this.spool = spool;
        this.sender = sender;
        this.recorder = recorder;
    }

    static Measurement open(Arguments.Execute self, long epoch, String scenario, Destination to) throws IOException {
        // Room comes back file by file, so that a small spool needs small ones.
        var spool = Spool.open(to.spool(), to.spoolBytes(), Math.min(SEGMENT_BYTES, to.spoolBytes() / 8));
        String client = "executor-%s-%d".formatted(self.runId(), self.executor());
        var sender = new SpoolSender(spool, to.kafkaBootstrap(), self.runId(), client, to.key());
        var recorder = new PointsRecorder(self.runId(), self.executor(), epoch, scenario, spool::append);
        sender.start();
        return new Measurement(spool, sender, recorder);
    }

    PointsRecorder recorder() {
        return recorder;
    }

    int backlog() {
        return (int) Math.min(Integer.MAX_VALUE, spool.backlog());
    }

    /** Waits until Kafka has everything. */
    boolean flush(Duration patience) throws InterruptedException {
        return spool.awaitEmpty(patience);
    }

    @Override
    public void close() {
        sender.close();
        try {
            spool.close();
        } catch (IOException e) {
            JobLog.warn("the spool could not be closed: " + e);
        }
    }

    /** Where points go. */
    record Destination(Path spool, long spoolBytes, String kafkaBootstrap, RunKey key) {}
}
