package dev.loadstar.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import dev.loadstar.contract.run.EndReason;
import dev.loadstar.contract.run.ExecutorStatus;
import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.contract.run.RunStatus;
import dev.loadstar.contract.run.Verdict;
import dev.loadstar.demo.DemoTarget;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Small disasters of real runs: each has a named end, leaves no process and no open run, and the server goes on. */
class DisasterTests {

    private static final Duration MINUTES = Duration.ofMinutes(2);

    @TempDir
    private static Path folder;

    private static StandaloneServer server;
    private static DemoTarget target;
    private static RunDocument exiting;
    private static RunDocument greedy;
    private static RunDocument endless;

    /** The three runs that take their time go side by side. */
    @BeforeAll
    static void start() throws IOException {
        server = StandaloneServer.start(folder.resolve("data"));
        target = DemoTarget.start(0);
        exiting = submit("exiting", "if (vars.getIteration() > 10) System.exit(0)", "30s");
        greedy = submit(
                "greedy",
                "if (vars.getIteration() > 10) { def all = []; while (true) all << new byte[1 << 20] }",
                "30s");
        endless = submit("endless", """
                def began = props.get('began')
                if (began == null) props.put('began', System.nanoTime())
                else if (System.nanoTime() - began > 2_000_000_000L) while (true) {}
                """, "3s\", \"gracefulStop\": \"1s");
    }

    @AfterAll
    static void stop() {
        target.close();
        server.close();
    }

    @Test
    void scriptThatCallsExitIsNamedWithItsLog() {
        RunDocument ended = server.api().awaitFinished(exiting.number(), MINUTES);

        assertThat(ended.endReason()).isEqualTo(EndReason.TOOL_FAILED);
        assertThat(ended.verdict()).isEqualTo(Verdict.ERRORED);
        assertThat(ended.reason()).contains("Executor 1", "System.exit was called");
        assertThat(ended.executors()).singleElement().satisfies(executor -> {
            assertThat(executor.status()).isEqualTo(ExecutorStatus.FAILED);
            assertThat(executor.logTail()).anyMatch(line -> line.contains("System.exit was called"));
        });
        assertThat(ledger(ended).unknown())
                .as("what was measured was still sent")
                .isZero();
        assertNothingIsLeft(ended);
    }

    @Test
    void executorOutOfMemoryIsNamedWithItsLog() {
        RunDocument ended = server.api().awaitFinished(greedy.number(), MINUTES);

        assertThat(ended.endReason()).isEqualTo(EndReason.EXECUTORS_LOST);
        assertThat(ended.verdict()).isEqualTo(Verdict.ERRORED);
        assertThat(ended.reason()).contains("Executor 1", "ran out of memory");
        assertThat(ended.executors()).singleElement().satisfies(executor -> {
            assertThat(executor.status()).isEqualTo(ExecutorStatus.LOST);
            assertThat(executor.exitCode()).isEqualTo(3);
            assertThat(executor.logTail()).anyMatch(line -> line.contains("java.lang.OutOfMemoryError"));
        });
        RunDocument.Ledger ledger = ledger(ended);
        assertThat(ledger.produced()).isEqualTo(ledger.stored() + ledger.declaredLost() + ledger.unknown());
        assertNothingIsLeft(ended);
    }

    @Test
    void userWhoseScriptNeverEndsIsGivenUpAndDeclaredLost() {
        RunDocument ended = server.api().awaitFinished(endless.number(), MINUTES);

        assertThat(ended.endReason()).isEqualTo(EndReason.COMPLETED);
        assertThat(ended.executors())
                .extracting(RunDocument.ExecutorResult::status)
                .containsExactly(ExecutorStatus.FINISHED);
        RunDocument.Ledger ledger = ledger(ended);
        assertThat(ledger.declaredLost()).isEqualTo(1);
        assertThat(ledger.unknown()).isZero();
        assertThat(ended.reason()).contains("1 of", "samples were lost");
        assertNothingIsLeft(ended);
    }

    @Test
    void stopWhileTheRepositoryIsReadEndsTheReading() throws IOException {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            RunDocument run =
                    server.api().submit(Map.of("git", "git://127.0.0.1:%d/x.git".formatted(silent.getLocalPort())));
            try (Socket asked = silent.accept()) {
                assertThat(server.api().stop(run.number()).statusCode()).isEqualTo(202);

                asked.setSoTimeout(Math.toIntExact(MINUTES.toMillis() / 4));
                while (asked.getInputStream().read() >= 0) {
                    // What it asked for; the end comes when the server hangs up.
                }
            }
            assertStopped(server.api().awaitFinished(run.number(), MINUTES));
            assertThat(server.api().stop(run.number()).statusCode()).isEqualTo(409);
        }
    }

    @Test
    void twoStopsAtOnceWhileProvisioningAreOneStop() throws IOException {
        RunDocument run = submit("stopped", "", "60s");
        server.api().await(run.number(), MINUTES, now -> now.status() == RunStatus.PROVISIONING);

        var other = CompletableFuture.supplyAsync(() -> server.api().stop(run.number()));
        HttpResponse<String> one = server.api().stop(run.number());

        assertThat(List.of(one.statusCode(), other.join().statusCode())).containsOnly(202);
        RunDocument ended = server.api().awaitFinished(run.number(), MINUTES);
        assertStopped(ended);
        assertNothingIsLeft(ended);
    }

    @Test
    void fiftyWatchersOfWhomHalfStopReadingHoldUpNobody() throws IOException {
        RunDocument run = submit("watched", "", "4s");
        var watchers = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 50; i++) {
                watchers.add(watch(run));
            }
            List<Socket> reading = watchers.subList(0, 25);
            var read = reading.stream()
                    .map(watcher -> CompletableFuture.supplyAsync(() -> lastWords(watcher), Thread::startVirtualThread))
                    .toList();
            RunDocument ended = server.api().awaitFinished(run.number(), MINUTES);

            assertThat(ended.endReason()).as(ended.reason()).isEqualTo(EndReason.COMPLETED);
            assertThat(read).allSatisfy(words -> assertThat(words.join()).contains("\"FINISHED\""));
            assertNothingIsLeft(ended);
        } finally {
            for (Socket watcher : watchers) {
                watcher.close();
            }
        }
    }

    /** As a browser would, with so little room that whoever does not read soon blocks the other side. */
    private static Socket watch(RunDocument run) throws IOException {
        URI base = server.api().base();
        var socket = new Socket();
        socket.setReceiveBufferSize(1024);
        socket.setSoTimeout(Math.toIntExact(MINUTES.toMillis()));
        socket.connect(new InetSocketAddress(base.getHost(), base.getPort()));
        socket.getOutputStream().write("""
                        GET /api/v1/projects/default/runs/%d/live HTTP/1.0\r
                        Host: %s\r
                        Accept: text/event-stream\r
                        Authorization: Bearer %s\r
                        \r
                        """.formatted(
                run.number(), base.getAuthority(), server.api().token()).getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    private static String lastWords(Socket watcher) {
        try (InputStream in = watcher.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static RunDocument submit(String name, String groovy, String duration) throws IOException {
        LoadTest test = LoadTest.closed(target.port(), 1, 1, duration);
        if (!groovy.isEmpty()) {
            test.withGroovy(groovy);
        }
        return server.api().submit(GitRepository.with(folder.resolve(name), test.files()));
    }

    private static void assertStopped(RunDocument ended) {
        assertThat(ended.endReason()).isEqualTo(EndReason.STOPPED_BY_USER);
        assertThat(ended.verdict()).isEqualTo(Verdict.ABORTED);
        assertThat(ended.reason()).startsWith("stopped by");
    }

    private static void assertNothingIsLeft(RunDocument run) {
        await("no process of run " + run.number())
                .atMost(MINUTES)
                .until(() -> server.jobProcesses(run.id()).isEmpty());
        assertThat(Api.isHealthy(server.address())).isTrue();
    }

    private static RunDocument.Ledger ledger(RunDocument run) {
        return Objects.requireNonNull(run.ledger(), "the run has no ledger: " + run);
    }
}
