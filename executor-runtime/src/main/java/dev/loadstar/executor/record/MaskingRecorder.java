package dev.loadstar.executor.record;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import dev.loadstar.executor.secret.SecretMask;
import dev.loadstar.executor.tool.ArrivalFate;
import dev.loadstar.executor.tool.Exchange;
import dev.loadstar.executor.tool.Recorder;
import dev.loadstar.executor.tool.Sample;
import org.jspecify.annotations.Nullable;

/** Hides secrets in what a tool tells of its samples: labels, error messages, and what failed ones sent and got. */
public final class MaskingRecorder implements Recorder {

    /** Labels are few, but a script may put an id into each. */
    private static final int REMEMBERED = 1000;

    private final Map<String, String> labels = new ConcurrentHashMap<>();
    private final Recorder recorder;
    private final SecretMask mask;

    private MaskingRecorder(Recorder recorder, SecretMask mask) {
        this.recorder = recorder;
        this.mask = mask;
    }

    /** The recorder itself where there is nothing to hide. */
    public static Recorder of(Recorder recorder, SecretMask mask) {
        return mask == SecretMask.NONE ? recorder : new MaskingRecorder(recorder, mask);
    }

    @Override
    public void record(Sample sample) {
        recorder.record(masked(sample));
    }

    @Override
    public void arrival(long dueMicros, ArrivalFate fate) {
        recorder.arrival(dueMicros, fate);
    }

    @Override
    public void record(Sample failed, Supplier<Exchange> exchange) {
        recorder.record(masked(failed), () -> exchange.get().hiding(mask::mask));
    }

    private Sample masked(Sample sample) {
        String label = label(sample.label());
        String message = message(sample.errorMessage());
        boolean clean = label.equals(sample.label()) && Objects.equals(message, sample.errorMessage());
        return clean ? sample : sample.withTexts(label, message);
    }

    private String label(String label) {
        String known = labels.get(label);
        if (known != null) {
            return known;
        }
        String masked = mask.mask(label);
        if (labels.size() < REMEMBERED) {
            labels.put(label, masked);
        }
        return masked;
    }

    private @Nullable String message(@Nullable String message) {
        return message == null ? null : mask.mask(message);
    }
}
