package dev.loadstar.validator.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.loadstar.contract.bundle.BlobStore;
import dev.loadstar.contract.problem.LoadstarException;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.RefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A repository behind git's smart HTTP protocol, as hosting services have it. */
class HttpGitTests {

    /** {@code me:p:w} */
    private static final String WITH_PASSWORD = "Basic bWU6cDp3";

    @TempDir
    Path temp;

    private final List<String> seenElsewhere = new CopyOnWriteArrayList<>();

    private Repo repo;
    private HttpServer server;

    @BeforeEach
    void startServer() throws IOException {
        repo = new Repo(temp.resolve("repo.git"));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/repo.git/info/refs", this::advertise);
        server.createContext("/repo.git/git-upload-pack", this::upload);
        server.createContext("/private.git", exchange -> {
            exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"x\"");
            answer(exchange, 401);
        });
        server.createContext("/lying.git/info/refs", this::advertise);
        server.createContext("/lying.git/git-upload-pack", this::boast);
        server.createContext("/open/repo.git/", exchange -> {
            String sent = exchange.getRequestHeaders().getFirst("Authorization");
            if (!WITH_PASSWORD.equals(sent)) {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"x\"");
                answer(exchange, 401);
            } else if (exchange.getRequestURI().getPath().endsWith("/info/refs")) {
                advertise(exchange);
            } else {
                upload(exchange);
            }
        });
        server.createContext("/elsewhere.git", exchange -> {
            exchange.getResponseHeaders()
                    .add(
                            "Location",
                            "http://localhost:" + server.getAddress().getPort()
                                    + "/asking.git/info/refs?service=git-upload-pack");
            answer(exchange, 302);
        });
        server.createContext("/asking.git", exchange -> {
            seenElsewhere.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"x\"");
            answer(exchange, 401);
        });
        server.createContext("/moved.git", exchange -> {
            exchange.getResponseHeaders()
                    .add("Location", "http://169.254.169.254/latest/info/refs?service=git-upload-pack");
            answer(exchange, 302);
        });
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
        repo.close();
    }

    @Test
    void commitIsReadOverHttp() throws IOException {
        String first = repo.file("a.txt", "first").commit("main");
        String second = repo.file("a.txt", "second").commit("main");

        assertThat(source().read(url("repo.git"), null).commit()).isEqualTo(second);
        assertThat(source().read(url("repo.git"), first.substring(0, 10)).commit())
                .isEqualTo(first);
    }

    @Test
    void repositoryThatAsksForCredentialsIsNamedSo() {
        assertThatThrownBy(() -> source().read(url("private.git"), null))
                .hasMessage("The repository asks for credentials, and Loadstar has none;"
                        + " keep them as the project's secret git-127.0.0.1");
    }

    @Test
    void privateRepositoryIsReadWithItsHostsCredentials() throws IOException {
        String commit = repo.file("a.txt", "first").commit("main");

        assertThat(source().read(url("open/repo.git"), null, host -> Optional.of("me:p:w"))
                        .commit())
                .isEqualTo(commit);
        assertThatThrownBy(() -> source().read(url("open/repo.git"), null, host -> Optional.of("wrong")))
                .hasMessage("The repository does not take the credentials in the project's secret git-127.0.0.1")
                .hasMessageNotContaining("wrong");
        assertThatThrownBy(() -> source().read(url("open/repo.git"), null))
                .hasMessageContaining("asks for credentials");
    }

    @Test
    void credentialsGoToTheRepositorysOwnHostOnlyAndNeverInClearText() {
        assertThatThrownBy(() -> source().read(url("elsewhere.git"), null, host -> Optional.of("me:p:w")))
                .isInstanceOf(LoadstarException.class);
        assertThat(seenElsewhere).isNotEmpty().doesNotContain(WITH_PASSWORD);

        assertThatThrownBy(() -> source().read("http://git.nowhere.invalid/x.git", null, host -> Optional.of("me:p:w")))
                .hasMessage("Credentials are only sent to an https address");
    }

    @Test
    void repositoryThatIsNotThereIsNamedSo() {
        assertThatThrownBy(() -> source().read(url("none.git"), null))
                .hasMessage("There is no repository at this address");
    }

    @Test
    void packThatClaimsMoreObjectsThanFitIntoMemoryIsRefused() throws IOException {
        repo.file("a.txt", "first").commit("main");

        assertThatThrownBy(() -> source().read(url("lying.git"), null))
                .hasMessage("The repository has more than 2,000,000 objects to fetch");
    }

    @Test
    void redirectToARefusedHostIsNotFollowed() {
        assertThatThrownBy(() -> source().read(url("moved.git"), null))
                .hasMessage("The host 169.254.169.254 may not be contacted");
    }

    private GitSource source() {
        var limits = new SourceLimits(1 << 20, 100, Duration.ofSeconds(20));
        return new GitSource(
                temp.resolve("git"),
                new BlobStore(temp.resolve("blobs")),
                limits,
                false,
                host -> host.startsWith("169.254."));
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + path;
    }

    private void advertise(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/x-git-upload-pack-advertisement");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            var lines = new PacketLineOut(out);
            lines.writeString("# service=git-upload-pack\n");
            lines.end();
            UploadPack pack = new UploadPack(repo.repository());
            pack.setBiDirectionalPipe(false);
            pack.sendAdvertisedRefs(new RefAdvertiser.PacketLineOutRefAdvertiser(lines));
        }
    }

    private void upload(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/x-git-upload-pack-result");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            upload(exchange, out);
        }
    }

    /** The same answer, but its pack says that two thousand million objects follow. */
    private void boast(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/x-git-upload-pack-result");
        var answer = new ByteArrayOutputStream();
        upload(exchange, answer);
        byte[] bytes = answer.toByteArray();
        int pack = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("PACK");
        if (pack >= 0) {
            ByteBuffer.wrap(bytes).putInt(pack + 8, 2_000_000_000);
        }
        exchange.sendResponseHeaders(200, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private void upload(HttpExchange exchange, OutputStream out) throws IOException {
        boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        try (InputStream raw = exchange.getRequestBody();
                InputStream in = zipped ? new GZIPInputStream(raw) : raw) {
            UploadPack pack = new UploadPack(repo.repository());
            pack.setBiDirectionalPipe(false);
            pack.upload(in, out, null);
        }
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }
}
