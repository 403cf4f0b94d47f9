package dev.loadstar.platform.security;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

import dev.loadstar.platform.TestServer;
import dev.loadstar.platform.run.TestValidating;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SignInTests {

    private static final String PAGE = "/projects/default/runs";
    private static final String API = "/api/v1/projects/default/runs";

    private static TestServer server;

    private final HttpClient browser =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    @BeforeAll
    static void start() {
        server = TestServer.start(TestValidating.class, Map.of());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private HttpResponse<String> get(String path) {
        return TestServer.send(browser, HttpRequest.newBuilder(server.uri(path)));
    }

    private HttpResponse<String> signIn(String password) {
        String token = get("/login").body();
        String form = "username=admin&password=%s&_csrf=%s".formatted(encoded(password), encoded(token));
        return TestServer.send(
                browser,
                HttpRequest.newBuilder(server.uri("/login"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("");
    }

    private static String password() throws IOException {
        return Files.readString(server.data().resolve("admin-password")).strip();
    }

    @Test
    void aStrangerOnAPageIsSentToSignIn() {
        HttpResponse<String> answer = get(PAGE);

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(location(answer)).endsWith("/login");
    }

    @Test
    void thePasswordSignsIn() throws IOException {
        get(PAGE);

        HttpResponse<String> answer = signIn(password());

        assertThat(location(answer)).contains(PAGE);
        assertThat(get(PAGE).body()).isEqualTo("runs");
        assertThat(get(API).statusCode()).isEqualTo(200);
    }

    @Test
    void aWrongPasswordDoesNot() {
        HttpResponse<String> answer = signIn("wrong");

        assertThat(location(answer)).endsWith("/login?error");
        assertThat(get(PAGE).statusCode()).isEqualTo(302);
    }

    @Test
    void theSessionIsANewOneAfterSigningInAndItsCookieIsKeptFromScriptsAndStrangers() throws IOException {
        String before = get("/login").headers().firstValue("Set-Cookie").orElseThrow();

        String after = signIn(password()).headers().firstValue("Set-Cookie").orElseThrow();

        assertThat(after.split(";")[0]).isNotEqualTo(before.split(";")[0]);
        assertThat(after).contains("HttpOnly").containsIgnoringCase("SameSite=Lax");
    }

    @Test
    void aSessionAloneMayNotChangeAnything() throws IOException {
        signIn(password());
        var forged = HttpRequest.newBuilder(server.uri(API))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"git\": \"refused:\"}"));

        HttpResponse<String> answer = TestServer.send(browser, forged);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(TestServer.json(answer).get("code").asString()).isEqualTo("not-permitted");
    }

    @Test
    void aLinkSignsInOnce() {
        String link = server.bean(OneTimeLinks.class).path();

        assertThat(location(get(link))).endsWith("/");
        assertThat(get(PAGE).body()).isEqualTo("runs");
        var other = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        HttpResponse<String> again = TestServer.send(other, HttpRequest.newBuilder(server.uri(link)));
        assertThat(location(again)).endsWith("/login?expired");
        assertThat(TestServer.send(other, HttpRequest.newBuilder(server.uri(PAGE)))
                        .statusCode())
                .isEqualTo(302);
    }

    @Test
    void secretsAreForTheirOwnerOnly() throws IOException {
        for (String file : new String[] {"cli-token", "admin-password"}) {
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(server.data().resolve(file))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void pagesSayHowTheyMayBeUsed() {
        var headers = get("/login").headers();

        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("X-Frame-Options")).contains("DENY");
        assertThat(headers.firstValue("Content-Security-Policy").orElseThrow()).contains("frame-ancestors 'none'");
    }

    @Test
    void signingOutEndsTheSession() throws IOException {
        signIn(password());
        String form = "_csrf=" + encoded(get("/login").body());

        TestServer.send(
                browser,
                HttpRequest.newBuilder(server.uri("/logout"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form)));

        assertThat(get(PAGE).statusCode()).isEqualTo(302);
    }
}
