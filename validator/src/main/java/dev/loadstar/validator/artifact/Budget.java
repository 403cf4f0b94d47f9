package dev.loadstar.validator.artifact;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.eclipse.aether.transfer.AbstractTransferListener;
import org.eclipse.aether.transfer.TransferCancelledException;
import org.eclipse.aether.transfer.TransferEvent;

/** Ends transfers that take too long or bring too much. */
final class Budget extends AbstractTransferListener {

    private final long most;
    private final Duration patience;
    private final long begin = System.nanoTime();
    private final AtomicLong bytes = new AtomicLong();

    Budget(ArtifactSettings settings) {
        this.most = settings.bytes();
        this.patience = settings.patience();
    }

    @Override
    public void transferInitiated(TransferEvent event) throws TransferCancelledException {
        check();
    }

    @Override
    public void transferProgressed(TransferEvent event) throws TransferCancelledException {
        bytes.addAndGet(event.getDataLength());
        check();
    }

    boolean isTooLarge() {
        return bytes.get() > most;
    }

    boolean isOver() {
        return System.nanoTime() - begin > patience.toNanos();
    }

    String limit() {
        return isTooLarge() ? "%d MiB".formatted(most >> 20) : "%d s".formatted(patience.toSeconds());
    }

    private void check() throws TransferCancelledException {
        if (isTooLarge() || isOver()) {
            throw new TransferCancelledException("over the limit of " + limit());
        }
    }
}
