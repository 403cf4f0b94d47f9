package dev.loadstar.executor.control;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;

import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.executor.tool.HostRefusedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HostGuardTests {

    private ServerSocket listening;

    @BeforeEach
    void listen() throws IOException {
        listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        listening.close();
    }

    @Test
    void socketsConnectToAllowedHostsAloneByNameAndByAddress() {
        try (var _ = guard("localhost", 1)) {
            assertThatCode(() -> connect("localhost")).doesNotThrowAnyException();
            assertThatThrownBy(() -> connect("127.0.0.1"))
                    .isInstanceOf(HostRefusedException.class)
                    .hasMessage("127.0.0.1 is not in `allowHosts`");
        }
        assertThatCode(() -> connect("127.0.0.1")).doesNotThrowAnyException();
    }

    @Test
    void httpClientOfTheJdkIsRefusedToo() {
        var page = URI.create("http://127.0.0.1:%d/".formatted(listening.getLocalPort()));
        try (var _ = guard("shop.example.org", 1)) {
            assertThatThrownBy(() -> page.toURL().openStream())
                    .isInstanceOf(HostRefusedException.class)
                    .hasMessage("127.0.0.1 is not in `allowHosts`");
        }
    }

    @Test
    void workerIsSpokenToAtItsPortAlone() {
        try (var _ = guard("shop.example.org", listening.getLocalPort())) {
            assertThatCode(() -> connect("127.0.0.1")).doesNotThrowAnyException();
            assertRefused("https://127.0.0.1:" + (listening.getLocalPort() + 1));
        }
    }

    @Test
    void hostsAreComparedAsTheyAreMeant() {
        try (var _ = guard("[::1]", 1)) {
            assertAllowed("socket://[0:0:0:0:0:0:0:1]:80");
            assertRefused("socket://[0:0:0:0:0:0:0:2]:80");
        }
        try (var _ = guard("my_shop.example.org", 1)) {
            assertAllowed("socket://my_shop.example.org:80");
            assertRefused("socket://my_other.example.org:80");
        }
        try (var _ = guard("*.example.org", 1)) {
            assertAllowed("https://EU.example.org");
            assertRefused("https://example.com");
        }
    }

    private static void assertAllowed(String uri) {
        assertThat(ProxySelector.getDefault().select(URI.create(uri))).isNotEmpty();
    }

    private static void assertRefused(String uri) {
        assertThatThrownBy(() -> ProxySelector.getDefault().select(URI.create(uri)))
                .isInstanceOf(HostRefusedException.class);
    }

    private static HostGuard guard(String allowed, int workerPort) {
        var target = new RunPlan.Target("http://" + allowed, List.of(allowed));
        return HostGuard.install(target, new WorkerAddress("127.0.0.1", workerPort));
    }

    private void connect(String host) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, listening.getLocalPort()));
        }
    }
}
