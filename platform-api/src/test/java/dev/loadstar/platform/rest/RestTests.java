package dev.loadstar.platform.rest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import javax.sql.DataSource;

import dev.loadstar.contract.plan.Inputs;
import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.platform.TestServer;
import dev.loadstar.platform.run.TestValidating;
import dev.loadstar.platform.secret.ProjectSecrets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class RestTests {

    private static final String RUNS = "/api/v1/projects/default/runs";
    private static final String SECRETS = "/api/v1/projects/default/secrets";

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start(TestValidating.class, Map.of("loadstar.runs.max-upload", "10KB"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        var problem = TestServer.json(answer);
        assertThat(problem.get("code").asString()).isEqualTo(code);
        assertThat(problem.get("type").asString()).isEqualTo("urn:loadstar:error:" + code);
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("detail").asString()).isNotBlank();
        assertThat(problem.get("kind").asString()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/projects/default/runs",
                "/api/v1/projects/default/runs/1",
                "/api/v1/projects/default/runs/1/live",
                "/api/v1/projects/default/runs/1/timeline",
                "/api/v1/projects/default/runs/1/executors/timeline",
                "/api/v1/projects/default/runs/1/load",
                "/api/v1/projects/default/runs/1/figures",
                "/api/v1/projects/default/runs/1/target",
                "/api/v1/projects",
                "/api/v1/projects/default/runs/1/executors/1/log",
                "/api/v1/projects/default/runs/1/failures",
                "/api/v1/projects/default/runs/1/export/labels.csv",
                "/api/v1/projects/default/runs/1/export/latency.hlog",
                "/api/v1/projects/default/runs/1/artifacts/executor-1-results.jtl",
                "/api/v1/projects/default/runs/1/worker/log",
                "/api/nothing/here",
            })
    void aStrangerIsToldToSignIn(String path) {
        HttpResponse<String> answer =
                TestServer.send(HttpClient.newHttpClient(), HttpRequest.newBuilder(server.uri(path)));

        assertProblem(answer, 401, "not-signed-in");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    }

    @Test
    void aWrongTokenIsNoToken() {
        var request = HttpRequest.newBuilder(server.uri(RUNS)).header("Authorization", "Bearer nonsense");

        assertProblem(TestServer.send(HttpClient.newHttpClient(), request), 401, "not-signed-in");
    }

    @Test
    void aStrangerCannotSubmit() {
        var request = HttpRequest.newBuilder(server.uri(RUNS))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"git\": \"ok:QUICK\"}"));

        HttpResponse<String> answer = TestServer.send(HttpClient.newHttpClient(), request);

        assertThat(answer.statusCode()).isIn(401, 403);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{                                   | /",
                "[]                                  | /",
                "{\"git\": \"a\", \"git\": \"b\"}    | /git",
                "{\"git\": \"a\"} trailing           | /",
                "{}                                  | /git",
                "{\"git\": 7}                        | /git",
                "{\"git\": null}                     | /git",
                "{\"git\": \" \"}                    | /git",
                "{\"git\": \"a\", \"url\": \"b\"}    | /url",
                "{\"git\": \"a\", \"a/b\": 1}        | /a~1b",
                "{\"git\": \"a\", \"ref\": 1}        | /ref",
                "{\"git\": \"a\", \"path\": []}      | /path",
                "{\"git\": \"a\", \"labels\": \"x\"} | /labels",
                "{\"git\": \"a\", \"labels\": {\"b\": 1}} | /labels/b",
                "{\"git\": \"a\", \"labels\": {\"\": \"x\"}} | /labels/",
                "{\"git\": \"a\", \"target\": \"shop.example.org\"} | /target",
                "{\"git\": \"a\", \"target\": \"http://me:pw@shop.example.org\"} | /target",
                "{\"git\": \"a\", \"variables\": {\"a/b\": true}} | /variables/a~1b",
                "{\"git\": \"a\", \"definition\": \"{}\"} | /definition",
                "{\"definition\": null}              | /git",
                "{\"definition\": {}, \"path\": \"x.json\"} | /path",
                "{\"definition\": {\"a\": 1, \"a\": 2}} | /definition/a",
            })
    void aBadBodyIsRefusedWithItsPlace(String body, String pointer) {
        HttpResponse<String> answer = server.post(RUNS, body.strip());

        assertProblem(answer, 400, "request-invalid");
        assertThat(TestServer.json(answer).get("problems").get(0).get("pointer").asString())
                .isEqualTo(pointer.equals("/") ? "" : pointer);
    }

    @Test
    void aMissingBodyIsRefused() {
        assertProblem(server.post(RUNS, ""), 400, "request-invalid");
    }

    @Test
    void everyProblemOfABodyIsToldAtOnce() {
        HttpResponse<String> answer = server.post(RUNS, "{\"ref\": 1, \"labels\": [], \"x\": 0}");

        assertThat(TestServer.json(answer).get("problems").size()).isEqualTo(4);
    }

    @Test
    void aBodyThatIsTooLargeIsNotRead() {
        String body = "{\"git\": \"%s\"}".formatted("a".repeat(2 << 20));

        assertProblem(server.post(RUNS, body), 413, "request-invalid");
    }

    @Test
    void aDefinitionCanBePastedAndWhatIsDifferentThisTimeIsShown() {
        var run = TestServer.json(server.post(RUNS + "?wait=30s", """
                {
                  "definition": { "name": "smoke" },
                  "labels": { "build": "7" },
                  "target": "http://pasted.invalid/shop"
                }"""));

        assertThat(run.get("status").asString()).isEqualTo("FINISHED");
        assertThat(run.get("warnings").get(0).asString()).isEqualTo("{\"name\":\"smoke\"}");
        assertThat(run.get("runLabels").get("build").asString()).isEqualTo("7");
        assertThat(run.get("target").asString()).isEqualTo("http://pasted.invalid/shop");
    }

    @Test
    void whatEachExecutorDoesIsToldBeforeAndAfter() {
        var before = TestServer.json(server.post("/api/v1/projects/default/validate", "{\"git\": \"ok:QUICK\"}"));
        int run = TestServer.json(server.post(RUNS + "?wait=30s", "{\"git\": \"ok:QUICK\"}"))
                .get("number")
                .asInt();
        var after = TestServer.json(server.get(RUNS + "/" + run + "/plan"));

        assertThat(before.get("executors").toString())
                .isEqualTo("[{\"executor\":1,\"scenario\":\"browse\",\"tool\":\"jmeter\",\"stages\":"
                        + "[{\"name\":\"hold\",\"durationMs\":10000,\"users\":1,\"rate\":null,\"share\":1.0}]}]");
        assertThat(after.get("executors")).isEqualTo(before.get("executors"));
        assertThat(after.get("plan").get("test").asString()).isEqualTo("QUICK");
        assertThat(after.get("warnings")).containsAll(before.get("warnings"));
    }

    @Test
    void whatDoesNotExistIsNotFound() {
        assertProblem(server.get(RUNS + "/999999"), 404, "not-found");
        assertProblem(server.get("/api/v1/projects/other/runs"), 404, "not-found");
        assertProblem(server.post("/api/v1/projects/other/runs", "{\"git\": \"ok:QUICK\"}"), 404, "not-found");
        assertProblem(server.post("/api/v1/projects/other/validate", "{\"git\": \"ok:QUICK\"}"), 404, "not-found");
        assertProblem(server.get("/api/v1/nothing"), 404, "not-found");
        assertProblem(server.get(RUNS + "/999999/live"), 404, "not-found");
        assertProblem(server.get(RUNS + "/999999/failures"), 404, "not-found");
        assertProblem(server.get(RUNS + "/999999/artifacts"), 404, "not-found");
        assertProblem(server.get(RUNS + "/999999/artifacts/executor-1-results.jtl"), 404, "not-found");
        assertProblem(server.post(RUNS + "/999999/stop", ""), 404, "not-found");
        assertProblem(server.get("/schema/other.json"), 404, "not-found");
    }

    @Test
    void aRequestOfTheWrongKindIsAProblemToo() {
        assertProblem(server.get(RUNS + "/one"), 400, "request-invalid");
        assertProblem(server.get(RUNS + "?limit=0"), 400, "request-invalid");
        assertProblem(server.get(RUNS + "?before=x"), 400, "request-invalid");
        assertProblem(server.post(RUNS + "?wait=soon", "{\"git\": \"refused:\"}"), 400, "request-invalid");
        assertProblem(server.send(server.request(RUNS).DELETE()), 405, "request-invalid");
        var text = server.request(RUNS)
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("git"));
        assertProblem(server.send(text), 415, "request-invalid");
    }

    @Test
    void aBadRequestStartsNothing() {
        int before = newest();

        server.post(RUNS, "{\"git\": \"ok:QUICK\", \"x\": 1}");
        server.post(RUNS + "?wait=x", "{\"git\": \"ok:QUICK\"}");

        assertThat(newest()).isEqualTo(before);
    }

    private static int newest() {
        var runs = TestServer.json(server.get(RUNS + "?limit=1")).get("runs");
        return runs.isEmpty() ? 0 : runs.get(0).get("number").asInt();
    }

    @Test
    void validatingStartsNothing() {
        int before = newest();

        HttpResponse<String> good = server.post("/api/v1/projects/default/validate", "{\"git\": \"ok:QUICK\"}");
        HttpResponse<String> bad = server.post("/api/v1/projects/default/validate", "{\"git\": \"refused:\"}");

        assertThat(good.statusCode()).isEqualTo(200);
        assertThat(TestServer.json(good).get("valid").asBoolean()).isTrue();
        assertThat(TestServer.json(good).get("plan").get("test").asString()).isEqualTo("QUICK");
        assertProblem(bad, 422, "unit-invalid");
        assertThat(newest()).isEqualTo(before);
    }

    @Test
    void anUploadIsTakenInAndOneTooLargeIsNot() throws IOException {
        var upload = server.request(RUNS + "?wait=30s&label=build=7,%20x")
                .header("Content-Type", "application/zip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(zip()));
        var large = server.request(RUNS)
                .header("Content-Type", "application/zip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[20_000]));

        HttpResponse<String> answer = server.send(upload);

        assertProblem(answer, 422, "unit-invalid");
        var labels = TestServer.json(server.get(RUNS + "?limit=1"))
                .get("runs")
                .get(0)
                .get("runLabels");
        assertThat(labels.get("build").asString()).isEqualTo("7, x");
        assertProblem(server.send(large), 413, "request-invalid");
        assertThat(server.data().resolve("uploads")).isEmptyDirectory();
    }

    @Test
    void aBadQueryOfAnUploadIsToldWithEveryPlace() throws IOException {
        var upload = server.request(RUNS + "?label=x&target=shop&var=&ref=main")
                .header("Content-Type", "application/zip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(zip()));

        HttpResponse<String> answer = server.send(upload);

        assertProblem(answer, 400, "request-invalid");
        assertThat(TestServer.json(answer).get("problems").valueStream())
                .extracting(problem -> problem.get("pointer").asString())
                .containsExactly("/ref", "/labels", "/variables", "/target");
    }

    private static byte[] zip() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("loadstar.json"));
            zip.write("{}".getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void runsAreListedNewestFirstAndPageByPage() {
        for (int i = 0; i < 3; i++) {
            server.post(RUNS + "?wait=30s", "{\"git\": \"refused:\"}");
        }
        int newest = newest();

        var page =
                TestServer.json(server.get(RUNS + "?limit=2&before=" + newest)).get("runs");

        assertThat(page.size()).isEqualTo(2);
        assertThat(page.get(0).get("number").asInt()).isEqualTo(newest - 1);
        assertThat(page.get(1).get("number").asInt()).isEqualTo(newest - 2);
    }

    @Test
    void aPageOfRunsNamesWhereTheNextOneBegins() {
        for (int i = 0; i < 3; i++) {
            server.post(RUNS + "?wait=30s", "{\"git\": \"refused:\", \"labels\": {\"page\": \"turner\"}}");
        }
        int newest = newest();

        var first = TestServer.json(server.get(RUNS + "?label=page=turner&limit=2"));
        var second = TestServer.json(server.get(RUNS + "?label=page=turner&limit=2&before="
                + first.get("before").asInt()));

        assertThat(numbers(first)).containsExactly(newest, newest - 1);
        assertThat(first.get("before").asInt()).isEqualTo(newest - 1);
        assertThat(numbers(second)).containsExactly(newest - 2);
        assertThat(second.get("before").isNull()).isTrue();
    }

    @Test
    void runsAreFilteredByTestStatusVerdictAndLabels() {
        int quick = submit("ok:QUICK", "\"build\": \"a=1\", \"env\": \"ci\"");
        int mute = submit("ok:MUTE", "\"build\": \"a=1\"");
        int refused = submit("refused:", "\"build\": \"a=1\"");

        assertThat(numbers(list("label=build=a%3D1"))).containsExactly(refused, mute, quick);
        assertThat(numbers(list("label=build=a%3D1&label=env=ci"))).containsExactly(quick);
        assertThat(numbers(list("label=build=a%3D1&test=MUTE"))).containsExactly(mute);
        assertThat(numbers(list("label=build=a%3D1&verdict=errored"))).containsExactly(mute);
        assertThat(numbers(list("label=build=a%3D1&status=FINISHED&test=QUICK")))
                .containsExactly(quick);
        assertThat(numbers(list("label=build=a%3D1&status=RUNNING"))).isEmpty();
        assertThat(numbers(list("label=build=a%3D1'%20or%201=1"))).isEmpty();
        assertProblem(server.get(RUNS + "?verdict=GOOD&label=x&tset=a"), 400, "request-invalid");
    }

    private static int submit(String git, String labels) {
        var answer = TestServer.json(
                server.post(RUNS + "?wait=60s", "{\"git\": \"%s\", \"labels\": {%s}}".formatted(git, labels)));
        return answer.path(answer.has("run") ? "run" : "number").asInt();
    }

    private static JsonNode list(String query) {
        HttpResponse<String> answer = server.get(RUNS + "?" + query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return TestServer.json(answer);
    }

    private static List<Integer> numbers(JsonNode page) {
        return page.get("runs")
                .valueStream()
                .map(run -> run.get("number").asInt())
                .toList();
    }

    @Test
    void projectsKeepTheirRunsApart() {
        HttpResponse<String> made = server.post("/api/v1/projects", "{\"key\": \"web-shop\", \"name\": \"Web shop\"}");
        int run = TestServer.json(server.post("/api/v1/projects/web-shop/runs?wait=30s", "{\"git\": \"refused:\"}"))
                .get("run")
                .asInt();

        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.headers().firstValue("Location")).contains("/api/v1/projects/web-shop");
        assertThat(TestServer.json(server.get("/api/v1/projects/web-shop"))).isEqualTo(TestServer.json(made));
        assertThat(run).isEqualTo(1);
        assertThat(TestServer.json(server.get("/api/v1/projects"))
                        .get("projects")
                        .valueStream())
                .extracting(project -> project.get("key").asString() + " "
                        + project.get("name").asString())
                .contains("default Default", "web-shop Web shop");
        assertThat(TestServer.json(server.get("/api/v1/projects/web-shop/runs")).get("runs"))
                .hasSize(1);
        assertProblem(server.post("/api/v1/projects", "{\"key\": \"web-shop\"}"), 409, "exists-already");
        for (String wrong : List.of("{}", "{\"key\": \"Shop\"}", "{\"key\": \"-\"}", "{\"key\": \"a\", \"nam\": 1}")) {
            assertProblem(server.post("/api/v1/projects", wrong), 400, "request-invalid");
        }
    }

    @Test
    void onlyAnAdministratorMakesAndChangesProjects() throws Exception {
        String hash = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest("anns".getBytes(StandardCharsets.UTF_8)));
        try (var database = server.bean(DataSource.class).getConnection();
                var rows = database.createStatement()) {
            rows.execute("insert into platform.app_user (name, password, admin) values ('ann', 'none', false)");
            rows.execute("insert into platform.api_token (name, hash, user_name) values ('anns', '%s', 'ann')"
                    .formatted(hash));
        }
        var http = HttpClient.newHttpClient();

        var make = HttpRequest.newBuilder(server.uri("/api/v1/projects"))
                .header("Authorization", "Bearer anns")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"key\": \"anns\"}"));
        var list = HttpRequest.newBuilder(server.uri("/api/v1/projects")).header("Authorization", "Bearer anns");

        var keep = HttpRequest.newBuilder(server.uri("/api/v1/projects/default"))
                .header("Authorization", "Bearer anns")
                .header("Content-Type", "application/json")
                .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"keepDays\": 1}"));

        assertProblem(TestServer.send(http, make), 403, "not-permitted");
        assertProblem(TestServer.send(http, keep), 403, "not-permitted");
        assertThat(TestServer.send(http, list).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"keepDays\": 0}", "{\"keepDays\": 4000}", "{\"keepDays\": \"30d\"}"})
    void aProjectKeepsItsRunsForANumberOfDaysOrAsTheServerSays(String wrong) {
        String project = "/api/v1/projects/default";
        assertThat(TestServer.json(server.patch(project, "{\"keepDays\": 400}"))
                        .get("keepDays")
                        .asInt())
                .isEqualTo(400);

        assertProblem(server.patch(project, wrong), 400, "request-invalid");

        assertThat(TestServer.json(server.get(project)).get("keepDays").asInt()).isEqualTo(400);
        assertThat(TestServer.json(server.patch(project, "{\"keepDays\": null}"))
                        .path("keepDays")
                        .isNumber())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/secrets",
                "/runs",
                "/runs/1",
                "/runs/1/plan",
                "/runs/1/live",
                "/runs/1/timeline",
                "/runs/1/executors/timeline",
                "/runs/1/load",
                "/runs/1/figures",
                "/runs/1/target",
                "/runs/1/executors/1/log",
                "/runs/1/worker/log",
                "/runs/1/failures",
                "/runs/1/artifacts",
            })
    void aProjectThatDoesNotExistHasNothing(String path) {
        HttpResponse<String> answer = server.get("/api/v1/projects/nobody" + path);

        assertProblem(answer, 404, "not-found");
        assertThat(TestServer.json(answer).get("detail").asString()).isEqualTo("There is no project nobody");
    }

    @Test
    void aSecretIsKeptAndListedAndItsValueNeverComesBack() {
        HttpResponse<String> kept = put("shop-token", "first".getBytes(StandardCharsets.UTF_8));
        put("shop-token", "gehe1m-\u00fc".getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> list = server.get(SECRETS);

        assertThat(kept.statusCode()).isEqualTo(204);
        assertThat(list.body()).doesNotContain("gehe1m").contains("\"changedBy\":\"admin\"");
        assertThat(TestServer.json(list).get("secrets").valueStream())
                .extracting(secret -> secret.get("name").asString())
                .containsExactly("shop-token");
        assertThat(server.bean(ProjectSecrets.class)
                        .values("default", List.of(new Inputs.SecretRef("TOKEN", "project:shop-token"))))
                .isEqualTo(Map.of("TOKEN", "gehe1m-\u00fc"));
        assertThat(server.send(server.request(SECRETS + "/shop-token").DELETE()).statusCode())
                .isEqualTo(204);
        assertProblem(server.send(server.request(SECRETS + "/shop-token").DELETE()), 404, "not-found");
        assertThat(TestServer.json(server.get(SECRETS)).get("secrets")).isEmpty();
    }

    @Test
    void aSecretHasANameAndATextThatIsNotTooLong() {
        assertThat(put("long", new byte[64 << 10]).statusCode()).isEqualTo(204);
        assertProblem(put("too-long", new byte[(64 << 10) + 1]), 413, "request-invalid");
        assertProblem(put("empty", new byte[0]), 400, "request-invalid");
        assertProblem(put("binary", new byte[] {(byte) 0xff}), 400, "request-invalid");
        assertProblem(put("a%20b", new byte[] {'x'}), 400, "request-invalid");
        assertThat(server.send(server.request(SECRETS + "/long").DELETE()).statusCode())
                .isEqualTo(204);
    }

    private static HttpResponse<String> put(String name, byte[] value) {
        return server.send(server.request(SECRETS + "/" + name)
                .header("Content-Type", "text/plain")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(value)));
    }

    @ParameterizedTest
    @CsvSource({
        "labels.csv, text/csv, 'scenario,label,kind,requests,'",
        "timeline.csv?resolution=10, text/csv, 'second,length,requests,errors,p50,'",
        "junit.xml, application/xml, <?xml version",
        "summary.md, text/markdown, '## INVALID: [QUICK #'",
        "latency.hlog?latency=intended&resolution=1, text/plain, #[",
    })
    void aRunIsExported(String file, String type, String begin) {
        int run = submit("ok:QUICK", "");

        HttpResponse<String> answer = server.get(RUNS + "/" + run + "/export/" + file);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith(type);
        assertThat(answer.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment; filename=\"default-" + run + "-");
        assertThat(answer.body()).startsWith(begin);
    }

    @Test
    void anExportThatCannotBeSaysWhy() {
        int run = submit("ok:QUICK", "");

        assertProblem(server.get(RUNS + "/" + run + "/export/latency.hlog?latency=ttfb"), 400, "request-invalid");
        assertProblem(server.get(RUNS + "/" + run + "/export/timeline.csv?resolution=7"), 400, "request-invalid");
        assertProblem(server.get(RUNS + "/" + run + "/export/run.pdf"), 404, "not-found");
        assertProblem(server.get(RUNS + "/999999/export/labels.csv"), 404, "not-found");
    }

    @Test
    void twoRunsAreCompared() throws Exception {
        int a = passed();
        int b = submit("ok:QUICK", "\"build\": \"8\"");

        var comparison = TestServer.json(server.get(RUNS + "/" + a + "/compare/" + b));

        assertThat(comparison.get("a").get("number").asInt()).isEqualTo(a);
        assertThat(comparison.get("b").get("test").asString()).isEqualTo("QUICK");
        assertThat(comparison.get("sentence").asString()).isEqualTo("no figure changed by more than noise explains");
        assertThat(comparison.get("comparable").valueStream().map(JsonNode::asInt))
                .contains(a)
                .doesNotContain(b);
        assertThat(server.get(RUNS + "/" + a + "/compare/" + b + "/summary.md").body())
                .startsWith("## [QUICK #" + b + "](<http://127.0.0.1");
        assertProblem(server.get(RUNS + "/" + a + "/compare/999999"), 404, "not-found");
    }

    @Test
    void aRunThatSaysSomethingOfItsTargetCanBePinned() throws Exception {
        int run = passed();
        int errored = submit("ok:MUTE", "");
        var pin = RUNS + "/" + run + "/pin";

        server.send(server.request(pin).PUT(HttpRequest.BodyPublishers.noBody()));
        var pinned = TestServer.json(server.get(RUNS + "/" + run)).get("pinned");
        server.send(server.request(pin).DELETE());

        assertThat(pinned.get("by").asString()).isEqualTo("admin");
        assertThat(TestServer.json(server.get(RUNS + "/" + run)).get("pinned").isNull())
                .isTrue();
        assertProblem(
                server.send(server.request(RUNS + "/" + errored + "/pin").PUT(HttpRequest.BodyPublishers.noBody())),
                409,
                "no-baseline");
    }

    @Test
    void aRunIsHeldAgainstTheRunsThatItsBaselineNames() throws Exception {
        int first = passed("\"env\": \"ref\", \"build\": \"1\"");
        int second = passed("\"env\": \"ref\", \"build\": \"2\", \"branch\": \"topic\"");
        passed("\"env\": \"elsewhere\"");
        submit("ok:QUICK", "\"env\": \"ref\"");
        server.send(server.request(RUNS + "/" + first + "/pin").PUT(HttpRequest.BodyPublishers.noBody()));

        assertThat(chosen("MEDIAN_OF_LAST", "").get("reference"))
                .extracting(run -> run.get("number").asInt())
                .containsExactly(second, first);
        assertThat(chosen("BRANCH", ", \"branch\": \"topic\"").get("reference"))
                .extracting(run -> run.get("number").asInt())
                .containsExactly(second);
        assertThat(chosen("PINNED", "").get("reference"))
                .extracting(run -> run.get("number").asInt())
                .containsExactly(first);
        update("changed = true", second);
        var lastPassed = chosen("LAST_PASSED", "");
        assertThat(lastPassed.get("reference"))
                .extracting(run -> run.get("number").asInt())
                .containsExactly(first);
        assertThat(lastPassed.get("comparable")).hasSize(1);
    }

    /** The runs that a new one with the label {@code env=ref} is held against. */
    private static JsonNode chosen(String use, String labels) {
        int run = submit("against:" + use, "\"env\": \"ref\"" + labels);
        return TestServer.json(server.get(RUNS + "/" + run + "/plan")).at("/plan/baseline/chosen");
    }

    private static int passed() throws SQLException {
        return passed("");
    }

    /** A run of a worker that measures nothing, made one that passed. */
    private static int passed(String labels) throws SQLException {
        int run = submit("ok:QUICK", labels);
        update("verdict = 'PASSED'", run);
        return run;
    }

    private static void update(String what, int run) throws SQLException {
        try (var database = server.bean(DataSource.class).getConnection();
                var rows = database.createStatement()) {
            rows.execute("update platform.run set %s where number = %d".formatted(what, run));
        }
    }

    @Test
    void theApiDescribesItself() {
        var answer =
                TestServer.send(HttpClient.newHttpClient(), HttpRequest.newBuilder(server.uri("/schema/openapi.json")));

        var api = TestServer.json(answer);
        var get = api.at("/paths/~1api~1v1~1projects~1{project}~1runs~1{number}/get");
        var schemas = api.at("/components/schemas");
        assertThat(get.at("/responses/2XX/content/application~1json/schema/$ref")
                        .asString())
                .isEqualTo("#/components/schemas/RunDocument");
        assertThat(schemas.get("RunDocument").get("properties").propertyNames())
                .containsExactlyElementsOf(Arrays.stream(RunDocument.class.getRecordComponents())
                        .map(RecordComponent::getName)
                        .toList());
        assertThat(api.at(
                                "/paths/~1api~1v1~1projects~1{project}~1runs~1{number}~1export~1junit.xml/get/responses/2XX/content")
                        .propertyNames())
                .containsExactly("application/xml;charset=UTF-8");
        assertThat(api.findValuesAsString("$ref"))
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(schemas.has(reference.substring("#/components/schemas/".length())))
                        .as(reference)
                        .isTrue());
    }

    @Test
    void whatAWorkerWroteCanBeRead() {
        int run = submit("ok:QUICK", "");

        HttpResponse<String> log = server.get(RUNS + "/" + run + "/worker/log?lines=100");

        assertThat(log.statusCode()).isEqualTo(200);
        assertThat(log.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
        assertThat(log.body()).contains("tiny worker of run " + run);
        assertThat(server.get(RUNS + "/" + run + "/executors/1/log").body()).isEmpty();
        assertProblem(server.get(RUNS + "/" + run + "/worker/log?lines=0"), 400, "request-invalid");
    }

    @Test
    void everyoneMayAskWhetherTheServerIsWell() {
        HttpResponse<String> health =
                TestServer.send(HttpClient.newHttpClient(), HttpRequest.newBuilder(server.uri("/healthz")));
        HttpResponse<String> schema = TestServer.send(
                HttpClient.newHttpClient(), HttpRequest.newBuilder(server.uri("/schema/loadstar-v1.json")));

        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(TestServer.json(health).get("status").asString()).isEqualTo("up");
        assertThat(schema.statusCode()).isEqualTo(200);
        assertThat(TestServer.json(schema).get("$schema").asString()).contains("2020-12");
    }
}
