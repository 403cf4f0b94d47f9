package dev.loadstar.executor.control;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TargetCheckTests {

    @Test
    void targetThatListensIsFine() throws IOException {
        try (var listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatCode(() -> TargetCheck.connect("http://127.0.0.1:%d/shop".formatted(listening.getLocalPort())))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void targetThatRefusesIsNamedWithItsReason() throws IOException {
        int port;
        try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        assertThatThrownBy(() -> TargetCheck.connect("http://127.0.0.1:" + port))
                .isInstanceOfSatisfying(
                        LoadstarException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TARGET_UNREACHABLE))
                .hasMessageContaining("127.0.0.1:" + port)
                .hasMessageContaining("refused");
    }

    @Test
    void unknownNameIsSaid() {
        assertThatThrownBy(() -> TargetCheck.connect("http://no-such-host.invalid/"))
                .hasMessage(
                        "no-such-host.invalid:80 does not take connections from this executor: its name is not known.");
    }
}
