package dev.loadstar.acceptance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpServer;
import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.run.EndReason;
import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.contract.run.Verdict;
import dev.loadstar.demo.DemoTarget;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Each wrong input is answered by its name, and nothing is started. */
class BadInputTests {

    @TempDir
    private static Path folder;

    private static StandaloneServer server;
    private static DemoTarget target;

    @BeforeAll
    static void start() throws IOException {
        server = StandaloneServer.start(folder.resolve("data"));
        target = DemoTarget.start(0);
    }

    @AfterAll
    static void stop() throws Exception {
        target.close();
        server.close();
    }

    @TestFactory
    Stream<DynamicTest> isRefusedByName() {
        var cases = new LinkedHashMap<String, LoadTest>();
        cases.put("definition-missing", good().without("loadstar.json"));
        cases.put("definition-not-json", good().with("loadstar.json", "{\"version\": "));
        cases.put("definition-too-large", good().with("loadstar.json", "{\"name\": \"" + "x".repeat(1 << 20) + "\"}"));
        cases.put("file-outside", edited("jmeter/browse.jmx", "../../../etc/passwd"));
        cases.put("key-duplicate", edited("\"name\": \"browse\",", "\"name\": \"browse\", \"name\": \"again\","));
        cases.put("key-unknown", edited("\"name\": \"browse\",", "\"name\": \"browse\", \"nmae\": \"x\","));
        cases.put("unit-invalid", edited("\"duration\": \"2s\"", "\"duration\": \"2 sec\""));
        cases.put("script-missing", edited("jmeter/browse.jmx", "jmeter/brwose.jmx"));
        cases.put("script-invalid", good().with("jmeter/browse.jmx", "this is not XML"));
        cases.put("target-not-allowed", edited("http://127.0.0.1:" + target.port() + "\"", "http://169.254.169.254\""));
        cases.put(
                "not-supported-yet",
                edited(
                        "\"executors\":",
                        "\"notifications\": [{\"channel\": \"slack\", \"to\": \"a\", \"on\": [\"failed\"]}], \"executors\":"));
        return cases.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    GitRepository repository = GitRepository.with(
                            folder.resolve(entry.getKey()), entry.getValue().files());
                    assertRefused(Map.of("git", repository.url(), "ref", "main"), entry.getKey());
                }));
    }

    @Test
    void unknownClassOfAPlanIsNamed() throws IOException {
        LoadTest test = good().replacing("jmeter/browse.jmx", "<ConstantTimer ", "<com.example.NoSuchTimer ")
                .replacing("jmeter/browse.jmx", "</ConstantTimer>", "</com.example.NoSuchTimer>");
        GitRepository repository = GitRepository.with(folder.resolve("unknown-class"), test.files());

        JsonNode problem = assertRefused(Map.of("git", repository.url()), "script-invalid");

        assertThat(problem.toString()).contains("com.example.NoSuchTimer");
    }

    @Test
    void compileErrorOfASimulationIsNamedWithFileAndLine() throws IOException {
        LoadTest test = LoadTest.gatling(target.port()).with("gatling/src/test/java/shop/Browse.java", """
                package shop;

                public class Browse extends io.gatling.javaapi.core.Simulation {
                    int one = "two";
                }
                """);
        GitRepository repository = GitRepository.with(folder.resolve("compile-error"), test.files());

        JsonNode problem = assertRefused(Map.of("git", repository.url()), "script-invalid");

        assertThat(problem.toString())
                .contains(
                        "gatling/src/test/java/shop/Browse.java, line 4: incompatible types",
                        "/scenarios/0/script/file");
    }

    @Test
    void projectForAnotherGatlingIsRefusedWithBothNumbers() throws IOException {
        LoadTest test = LoadTest.gatling(target.port()).with("gatling/pom.xml", """
                <project>
                  <properties><gatling.version>3.9.5</gatling.version></properties>
                  <dependencies>
                    <dependency>
                      <groupId>io.gatling.highcharts</groupId>
                      <artifactId>gatling-charts-highcharts</artifactId>
                      <version>${gatling.version}</version>
                    </dependency>
                  </dependencies>
                </project>
                """);
        GitRepository repository = GitRepository.with(folder.resolve("other-gatling"), test.files());

        JsonNode problem = assertRefused(Map.of("git", repository.url()), "script-invalid");

        assertThat(problem.toString())
                .contains("gatling/pom.xml is for Gatling 3.9.5, and this executor is Gatling 3.15.1");
    }

    @Test
    void externalEntityOfAPlanIsNotRead() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "that which nobody may read");
        LoadTest test = good().replacing(
                        "jmeter/browse.jmx",
                        "<jmeterTestPlan",
                        "<!DOCTYPE x [<!ENTITY secret SYSTEM \"%s\">]><jmeterTestPlan".formatted(secret.toUri()))
                .replacing("jmeter/browse.jmx", "testname=\"home\"", "testname=\"&secret;\"");
        GitRepository repository = GitRepository.with(folder.resolve("entity"), test.files());

        JsonNode problem = assertRefused(Map.of("git", repository.url()), "script-invalid");

        assertThat(problem.toString()).contains("DOCTYPE").doesNotContain("that which nobody may read");
    }

    @Test
    void linkThatLeadsOutOfTheRepositoryIsNamed() throws IOException {
        Path repository = Files.createDirectories(folder.resolve("link"));
        Files.createSymbolicLink(repository.resolve("passwd.csv"), Path.of("/etc/passwd"));

        assertRefused(
                Map.of("git", GitRepository.with(repository, good().files()).url()), "file-outside");
    }

    @Test
    void repositoryThatAsksForCredentialsIsNamedSo() throws IOException {
        HttpServer host = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        host.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"private\"");
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        });
        host.start();
        try {
            String url = "http://127.0.0.1:%d/private.git"
                    .formatted(host.getAddress().getPort());

            JsonNode problem = assertRefused(Map.of("git", url), "git-unreachable");

            assertThat(problem.toString()).contains("asks for credentials, and Loadstar has none");
        } finally {
            host.stop(0);
        }
    }

    @Test
    void unknownRefIsNamed() throws IOException {
        GitRepository repository = GitRepository.with(folder.resolve("ref"), good().files());
        assertRefused(Map.of("git", repository.url(), "ref", "no-such-branch"), "git-ref-unknown");
    }

    @Test
    void unknownRepositoryIsNamed() {
        assertRefused(Map.of("git", folder.resolve("nowhere").toUri().toString()), "git-unreachable");
    }

    @Test
    void hostOutsideTheAllowedOnesIsNamedWhereThePlanContactsIt() throws IOException {
        LoadTest test =
                good().replacing("jmeter/browse.jmx", ">127.0.0.1</stringProp>", ">other.example.org</stringProp>");
        GitRepository repository = GitRepository.with(folder.resolve("other-host"), test.files());

        JsonNode problem = assertRefused(Map.of("git", repository.url()), "target-not-allowed");

        assertThat(problem.toString()).contains("other.example.org");
    }

    @Test
    void everyProblemOfADefinitionComesAtOnceWithItsPointer() throws IOException {
        LoadTest test = edited("\"name\": \"browse\",", "\"name\": \"browse\", \"nmae\": \"x\",")
                .replacing("loadstar.json", "\"duration\": \"2s\"", "\"duration\": \"2 sec\"");
        GitRepository repository = GitRepository.with(folder.resolve("two"), test.files());

        HttpResponse<String> answer =
                server.api().post("/api/v1/projects/default/validate", Json.write(Map.of("git", repository.url())));

        assertThat(answer.statusCode()).isEqualTo(422);
        List<String> pointers = Json.mapper()
                .readTree(answer.body())
                .get("problems")
                .valueStream()
                .map(problem -> problem.get("pointer").asString())
                .toList();
        assertThat(pointers).containsExactlyInAnyOrder("/nmae", "/scenarios/0/load/duration");
    }

    @Test
    void targetThatRefusesConnectionsEndsTheRunBeforeAnyLoad() throws IOException {
        GitRepository repository = GitRepository.with(
                folder.resolve("deaf"),
                LoadTest.closed(closedPort(), 1, 1, "2s").files());

        RunDocument run = server.api().submit(repository);
        RunDocument ended = server.api().awaitFinished(run.number(), Duration.ofSeconds(60));

        assertThat(ended.endReason()).isEqualTo(EndReason.NOT_READY);
        assertThat(ended.verdict()).isEqualTo(Verdict.ERRORED);
        assertThat(ended.error()).isEqualTo("target-unreachable");
        assertThat(ended.reason()).contains("127.0.0.1");
        assertThat(ended.times().loadStarted()).isNull();
    }

    @Test
    void anonymousRequestIsTurnedAway() {
        var anonymous = new Api(server.api().base(), "");

        HttpResponse<String> answer = anonymous.get("/api/v1/projects/default/runs");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
    }

    private static JsonNode assertRefused(Map<String, String> submission, String code) {
        HttpResponse<String> answer = server.api().submitAndWait(submission);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        JsonNode body = Json.mapper().readTree(answer.body());
        assertThat(body.get("problems")
                        .valueStream()
                        .map(problem -> problem.get("code").asString()))
                .as(answer.body())
                .containsOnly(code);
        await("no process is left")
                .atMost(Duration.ofSeconds(20))
                .until(() -> server.jobProcesses().isEmpty());
        assertThat(target.arrivals()).isEmpty();
        return body;
    }

    private static LoadTest good() {
        return LoadTest.closed(target.port(), 1, 1, "2s", "errors < 1%");
    }

    private static LoadTest edited(String text, String by) {
        return good().replacing("loadstar.json", text, by);
    }

    private static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
