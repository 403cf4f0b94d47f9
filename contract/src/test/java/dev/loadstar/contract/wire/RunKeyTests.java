package dev.loadstar.contract.wire;

import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class RunKeyTests {

    private final RunKey key = RunKey.derive("master".getBytes(UTF_8), "run-1");

    @Test
    void signatureOfTheSameBytesVerifies() {
        byte[] message = "points".getBytes(UTF_8);

        assertThat(RunKey.ofHex(key.toHex()).verifies(message, key.sign(message)))
                .isTrue();
    }

    @Test
    void signatureOfOtherBytesOrOfAnotherRunDoesNot() {
        byte[] message = "points".getBytes(UTF_8);
        RunKey other = RunKey.derive("master".getBytes(UTF_8), "run-2");

        assertThat(key.verifies("pointz".getBytes(UTF_8), key.sign(message))).isFalse();
        assertThat(key.verifies(message, other.sign(message))).isFalse();
        assertThat(key.verifies(message, new byte[0])).isFalse();
    }

    @Test
    void keyDoesNotShowItselfInLogs() {
        assertThat(key.toString()).doesNotContain(key.toHex());
    }
}
