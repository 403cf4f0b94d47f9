package dev.loadstar.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Each way in which a server cannot be spoken to has a sentence and an advice of its own. */
class UnreachableTests extends CommandLineTests {

    private static final String PASSWORD = "changeit";

    @Test
    void hostThatDoesNotExistIsNamed() {
        assertThat(loadstar("show", "1", "--server", "http://no-such-host.invalid:8080"))
                .isEqualTo(1);

        assertThat(stderr()).contains("there is no host no-such-host.invalid");
    }

    @Test
    void portThatNobodyListensOnIsNamed() {
        server.close();

        assertThat(loadstar("show", "1")).isEqualTo(1);

        assertThat(stderr()).contains("no Loadstar server answers at " + server.url());
    }

    @Test
    void plainServerDoesNotSpeakTls() throws IOException {
        try (var plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (var client = plain.accept()) {
                    var _ = client.getInputStream().read(); // as a server does, it answers what it has read
                    client.getOutputStream().write(Samples.bytes("HTTP/1.1 400 Bad Request\r\n\r\n"));
                    client.getInputStream().readAllBytes();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });

            assertThat(loadstar("show", "1", "--server", "https://127.0.0.1:" + plain.getLocalPort()))
                    .isEqualTo(1);
        }

        assertThat(stderr()).contains("does not speak TLS", "http://");
    }

    @Test
    void addressThatIsNoneIsRefused() {
        assertThat(loadstar("show", "1", "--server", "ftp://x")).isEqualTo(2);

        assertThat(stderr()).contains("'ftp://x' is not the address of a server");
    }

    @Test
    void certificateHasToBeTrusted() throws Exception {
        var store = folder.resolve("server.p12");
        var pem = folder.resolve("server.pem");
        keytool(
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "a",
                "-dname",
                "CN=x",
                "-ext",
                "SAN=IP:127.0.0.1",
                "-validity",
                "3650",
                "-keystore",
                store.toString());
        keytool("-exportcert", "-rfc", "-alias", "a", "-file", pem.toString(), "-keystore", store.toString());
        var tls = tlsServer(store);
        try {
            String url = "https://127.0.0.1:" + tls.getAddress().getPort();

            assertThat(loadstar("show", "42", "--server", url)).isEqualTo(1);
            assertThat(stderr()).contains("the certificate of " + url + " is not trusted here", "SSL_CERT_FILE");

            environment.put("SSL_CERT_FILE", pem.toString());
            assertThat(loadstar("show", "42", "--server", url)).isZero();
            assertThat(stdout()).startsWith("PASSED");

            err.reset();
            assertThat(loadstar("show", "42", "--server", url.replace("https:", "http:")))
                    .isEqualTo(1);
            assertThat(stderr()).contains("does not speak HTTP", "https://");
        } finally {
            tls.stop(0);
        }
    }

    @Test
    void fileOfCertificatesThatHoldsNoneIsRefused() {
        environment.put("SSL_CERT_FILE", folder.resolve("loadstar.json").toString());

        assertThat(loadstar("show", "1", "--server", "https://127.0.0.1:1")).isEqualTo(2);

        assertThat(stderr()).contains("SSL_CERT_FILE names no file of certificates");
    }

    private static HttpsServer tlsServer(Path store) throws Exception {
        var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        var tls = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        tls.setHttpsConfigurator(new HttpsConfigurator(context));
        tls.createContext("/", exchange -> {
            try (exchange) {
                var body = Samples.bytes(
                        exchange.getRequestURI().getPath().equals("/healthz")
                                ? "{\"status\":\"up\"}"
                                : Samples.run().toString());
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        tls.start();
        return tls;
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-storepass", PASSWORD));
        command.addAll(1, List.of(arguments));
        var keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        assertThat(Files.exists(Path.of(command.get(command.indexOf("-keystore") + 1))))
                .isTrue();
    }
}
