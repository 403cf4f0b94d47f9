package dev.loadstar.server;

import java.io.IOException;
import java.net.CookieManager;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

import javax.sql.DataSource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class RunningServerTests {

    @TempDir
    private Path folder;

    private final HttpClient browser = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    @Test
    void serverOfOneMachineTakesRunsAndKnowsThemAfterARestart() throws Exception {
        try (var server = start(0)) {
            assertThat(get(server.url() + "/healthz").statusCode()).isEqualTo(200);
            refusesStrangers(server);
            signsInOnce(server);
            String refused = submit(server);
            await().untilAsserted(() -> assertThat(get(server.url() + refused).body())
                    .contains("Refused")
                    .contains("Nothing was started"));
            assertThat(Files.readString(folder.resolve("data/server.json"))).contains(server.url());
        }
        assertThat(folder.resolve("data/server.json")).doesNotExist();

        try (var server = start(0)) {
            get(server.signInLink());
            assertThat(get(server.url() + "/projects/default/runs").body()).contains("Refused", "#1");
            migrateAsANewerVersion(server);
        }

        assertThatThrownBy(() -> start(0))
                .satisfies(failure -> assertThat(StartFailure.of(failure))
                        .hasMessageContaining("newer Loadstar")
                        .hasMessageContaining("999"));
    }

    private static void migrateAsANewerVersion(RunningServer server) throws SQLException {
        try (Connection database = server.context().getBean(DataSource.class).getConnection();
                var history = database.createStatement()) {
            history.executeUpdate("""
                    insert into platform.flyway_schema_history
                        (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                    values (999, '999', 'of a newer version', 'SQL', 'V999__newer.sql', 1, 'newer', 1, true)""");
        }
    }

    @Test
    void takenPortIsToldAndLeavesTheDataDirectoryFree() throws IOException {
        try (var other = new ServerSocket(0)) {
            assertThatThrownBy(() -> start(other.getLocalPort()))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining(
                            "port %d is in use by process %d (java)",
                            other.getLocalPort(), ProcessHandle.current().pid());
        }
        DataDirectory.open(folder.resolve("data")).close();
    }

    @Test
    void unknownRoleIsTold() {
        assertThatThrownBy(() -> RunningServer.start(
                        new Arguments(
                                0,
                                folder.resolve("data"),
                                false,
                                Map.of(
                                        "loadstar.roles", "everything",
                                        "loadstar.home", folder.toString(),
                                        "spring.datasource.url", "jdbc:postgresql://127.0.0.1:1/none",
                                        "spring.kafka.bootstrap-servers", "127.0.0.1:1")),
                        DataDirectory.open(folder.resolve("data"))))
                .satisfies(failure ->
                        assertThat(StartFailure.of(failure)).hasMessageContaining("everything is not a role"));
    }

    private RunningServer start(int port) {
        var arguments = new Arguments(
                port,
                folder.resolve("data"),
                true,
                Map.of("loadstar.home", folder.resolve("home").toString()));
        return RunningServer.start(arguments, DataDirectory.open(arguments.data()));
    }

    private void refusesStrangers(RunningServer server) throws Exception {
        assertThat(asStranger(server.url() + "/api/v1/projects/default/runs").statusCode())
                .isEqualTo(401);
        for (String path : new String[] {"/projects/default/runs", "/actuator/prometheus", "/actuator"}) {
            assertThat(asStranger(server.url() + path).body()).as(path).contains("<h1>✦ Loadstar</h1>", "Password");
        }
        assertThat(asStranger(server.url() + "/assets/app.css").statusCode()).isEqualTo(200);
    }

    private void signsInOnce(RunningServer server) throws Exception {
        String link = server.signInLink();
        assertThat(get(link).body()).contains("No run yet");

        assertThat(asStranger(link).body()).contains("This link was used already");
    }

    private String submit(RunningServer server) throws Exception {
        String token = Files.readString(folder.resolve("data/cli-token")).strip();
        var answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/projects/default/runs"))
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        "{\"git\": \"%s\"}".formatted(folder.resolve("nowhere"))))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return "/projects/default/runs/1";
    }

    private HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return browser.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Without what a browser would remember, a session or the page that was wanted before signing in. */
    private static HttpResponse<String> asStranger(String url) throws IOException, InterruptedException {
        try (var stranger = HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            return stranger.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
