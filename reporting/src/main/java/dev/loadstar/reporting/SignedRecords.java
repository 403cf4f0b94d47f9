package dev.loadstar.reporting;

import java.util.LinkedHashMap;
import java.util.Map;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.loadstar.contract.wire.PointsRecord;
import dev.loadstar.contract.wire.RunKey;
import dev.loadstar.contract.wire.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Tells records of a run's own processes from those of anybody else. */
final class SignedRecords {

    private static final int KEYS = 256;

    private final byte[] masterKey;
    private final Map<String, RunKey> keys = new LinkedHashMap<>(KEYS, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, RunKey> eldest) {
            return size() > KEYS;
        }
    };

    SignedRecords(byte[] masterKey) {
        this.masterKey = masterKey.clone();
    }

    /** @throws RefusedException if the record is not what its run has signed */
    PointsRecord open(ConsumerRecord<String, byte[]> record) {
        var parsed = parse(record.value());
        if (!parsed.getRunId().equals(record.key())) {
            throw new RefusedException(Refusal.WRONG_KEY);
        }
        var signature = record.headers().lastHeader(Topics.SIGNATURE_HEADER);
        if (signature == null || !key(parsed.getRunId()).verifies(record.value(), signature.value())) {
            throw new RefusedException(Refusal.WRONG_SIGNATURE);
        }
        return parsed;
    }

    private static PointsRecord parse(byte @Nullable [] value) {
        if (value == null) {
            throw new RefusedException(Refusal.UNREADABLE);
        }
        try {
            return PointsRecord.parseFrom(value);
        } catch (InvalidProtocolBufferException e) {
            throw new RefusedException(Refusal.UNREADABLE, e);
        }
    }

    private synchronized RunKey key(String runId) {
        return keys.computeIfAbsent(runId, id -> RunKey.derive(masterKey, id));
    }
}
