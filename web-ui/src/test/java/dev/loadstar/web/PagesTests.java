package dev.loadstar.web;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(classes = PagesApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class PagesTests {

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    @Autowired
    private KnownRuns runs;

    @LocalServerPort
    private int port;

    private final HttpClient browser = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    @BeforeEach
    void signIn() throws Exception {
        runs.documents.clear();
        runs.plans.clear();
        runs.lack = null;
        String form = get("/login").body();
        post("/login", form, "username=admin&password=secret");
    }

    @Test
    void listWithoutRunsSaysWhatToDo() throws Exception {
        assertThat(get("/projects/default/runs").body())
                .contains("No run yet")
                .contains("./loadstar run --git")
                .contains("/projects/default/runs/new");
    }

    @Test
    void everyPageSaysWhyNoRunIsTakenIn() throws Exception {
        runs.lack = "No run is taken in: the disk of /data has 1.0 GB left; make room there";

        assertThat(get("/projects").body()).contains(runs.lack);
        assertThat(get("/projects/default/runs").body()).contains(runs.lack);
    }

    @Test
    void listShowsVerdictTestCommitAndLatency() throws Exception {
        runs.documents.put(42, Samples.run(Samples.finishedJson()));

        assertThat(get("/projects/default/runs").body())
                .contains("Passed", "smoke", "#42", "9f2c0e6", "17.9", "61,234")
                .contains("/projects/default/runs/42")
                .doesNotContain("every 2s");
    }

    @Test
    void listIsNarrowedByTestStatusVerdictAndLabel() throws Exception {
        ObjectNode labelled = Samples.finishedJson();
        labelled.putObject("runLabels").put("build", "1234");
        runs.documents.put(42, Samples.run(labelled));
        runs.documents.put(43, Samples.run(Samples.liveJson()));

        assertThat(get("/projects/default/runs?label=build%3D1234").body())
                .contains("/runs/42", "build=1234")
                .doesNotContain("/runs/43");
        assertThat(get("/projects/default/runs?status=RUNNING&test=&verdict=&label=")
                        .body())
                .contains("/runs/43")
                .doesNotContain("/runs/42");
        assertThat(get("/projects/default/runs?verdict=FAILED").body()).contains("No run is like that");
        assertThat(get("/projects/default/runs?test=smoke&verdict=PASSED").body())
                .contains("/runs/42");
        assertThat(get("/projects/default/runs?label=build").body()).contains("&#39;build&#39; is no label");
        assertThat(get("/projects/default/runs?status=FLYING").statusCode()).isEqualTo(400);
    }

    @Test
    void projectsAreListedAndMade() throws Exception {
        String page = get("/projects").body();
        assertThat(page).contains("/projects/default/runs", "New project");

        String made = post("/projects", page, "key=payments&name=Payments").body();
        String again = post("/projects", page, "key=payments&name=Payments").body();

        assertThat(made).contains("No run yet", "/projects/payments/runs/new");
        assertThat(again).contains("There is a project payments already");
        assertThat(get("/").body()).contains("/projects/default/runs", "/projects/payments/runs");
        assertThat(post("/projects", page, "key=Pay ments&name=").body()).contains("lower-case letters");
    }

    @Test
    void finishedRunOpensWithItsVerdictInOneSentence() throws Exception {
        runs.documents.put(42, Samples.run(Samples.finishedJson()));
        runs.plans.put(42, Samples.plan());

        assertThat(get("/projects/default/runs/42").body())
                .contains("2 of 2 assertions hold")
                .contains("61,234 samples produced, 61,234 stored")
                .contains("http.500")
                .contains("p95 &lt; 300ms")
                .contains("warm-up")
                .doesNotContain(">Stop<");
    }

    @Test
    void finishedRunCanBePinnedAndExported() throws Exception {
        runs.documents.put(42, Samples.run(Samples.finishedJson()));
        String page = get("/projects/default/runs/42").body();

        assertThat(page)
                .contains(">Pin as baseline<", "/api/v1/projects/default/runs/42/export/junit.xml")
                .doesNotContain(">Unpin<");
        post("/projects/default/runs/42/pin", page, "pinned=true");

        assertThat(runs.pins).containsExactly("42 by admin");
    }

    @Test
    void openLoadShowsRatesArrivalsAndBothLatencies() throws Exception {
        runs.documents.put(47, Samples.run(Samples.openJson()));
        runs.plans.put(47, Samples.openPlan());

        assertThat(get("/projects/default/runs/47").body())
                .contains("of 900 planned", "40 dropped, 2 late", "&gt; 141 ms", "30/s")
                .contains("intended 44.5, p99 &gt; 141", "intended p95")
                .contains("to 36/s", "18/s", "spaced by chance (poisson, seed 7), at most 200 users at once")
                .contains("&quot;second&quot;:5.0,&quot;value&quot;:36.0");
    }

    @Test
    void plannedLineIsThatOfThePlanAsPeopleChangedIt() throws Exception {
        runs.documents.put(48, Samples.run(Samples.finishedJson()));
        runs.plans.put(48, Samples.plan());
        runs.changedPlans.put(48, Samples.openPlan());

        assertThat(get("/projects/default/runs/48").body())
                .contains("&quot;second&quot;:5.0,&quot;value&quot;:36.0")
                .contains("p95 &lt; 300ms");
    }

    @Test
    void whatTheTargetIsAskedHasAChartOfItsOwn() throws Exception {
        runs.documents.put(49, Samples.run(Samples.finishedJson()));
        runs.plans.put(49, Samples.plan());

        assertThat(get("/projects/default/runs/49").body())
                .contains("data-chart=\"target db-cpu\"", "data-unit=\" %\"", "percent, staging")
                .contains("data-problem=\"queue\"");
    }

    @Test
    void runOnItsWayCanBeStopped() throws Exception {
        runs.documents.put(7, Samples.run(Samples.liveJson().put("number", 7)));
        String page = get("/projects/default/runs/7").body();
        assertThat(page).contains("Running", "Stop", "data-live=\"true\"");

        post("/projects/default/runs/7/stop", page, "");

        assertThat(runs.stopped).contains("7 by admin");
    }

    @Test
    void loadOfALiveRunIsChangedThroughItsForm() throws Exception {
        runs.documents.put(43, Samples.run(Samples.liveJson()));
        runs.plans.put(43, Samples.plan());
        String page = get("/projects/default/runs/43").body();
        assertThat(page).contains("name=\"users\"").contains("Pause");

        post("/projects/default/runs/43/load", page, "scenario=browse&users=30");
        post("/projects/default/runs/43/load", page, "scenario=browse&paused=true");

        assertThat(runs.changes)
                .contains(
                        "43: browse What[users=30, rate=null, paused=null] by admin",
                        "43: browse What[users=null, rate=null, paused=true] by admin");
    }

    @Test
    void changeOfTheLoadThatIsNotPossibleIsSaidOnThePage() throws Exception {
        runs.documents.put(43, Samples.run(Samples.liveJson()));
        runs.plans.put(43, Samples.plan());
        String page = get("/projects/default/runs/43").body();

        var answer = post("/projects/default/runs/43/load", page, "scenario=browse&users=1001");

        assertThat(answer.body()).contains("1001 users are more than there may be");
    }

    @Test
    void runWithoutAnythingMeasuredIsShown() throws Exception {
        ObjectNode json = Samples.finishedJson();
        json.put("status", "VALIDATING")
                .remove(List.of(
                        "test",
                        "endReason",
                        "verdict",
                        "reason",
                        "source",
                        "summary",
                        "labels",
                        "errors",
                        "assertions",
                        "stages",
                        "executors",
                        "ledger"));
        json.putObject("times").put("submitted", "2026-11-20T10:00:00Z");
        runs.documents.put(42, Samples.run(json));

        assertThat(get("/projects/default/runs/42").statusCode()).isEqualTo(200);
        assertThat(get("/projects/default/runs").body()).contains("Validating", "every 2s");
    }

    @Test
    void refusedRunShowsEveryProblemWithItsPlace() throws Exception {
        runs.documents.put(42, Samples.run(Samples.refusedJson().put("number", 42)));

        assertThat(get("/projects/default/runs/42").body())
                .contains("Refused", "/scenarios/1/script/file", "jmeter/pay.jmx is not", "jmeter/payment.jmx is")
                .contains("Nothing was started");
    }

    @Test
    void waitingRunSaysForWhat() throws Exception {
        runs.documents.put(44, Samples.run(Samples.queuedJson()));

        assertThat(get("/projects/default/runs/44").body())
                .contains("Queued", "waits for run 43, which loads 127.0.0.1", "Nothing has been measured yet.");
    }

    @Test
    void labelsOfEveryKindStandApart() throws Exception {
        runs.documents.put(45, Samples.run(Samples.crowdedJson()));

        String page = get("/projects/default/runs/45").body();

        assertThat(page.indexOf("/orders/2/")).isLessThan(page.indexOf("Transactions"));
        assertThat(page.indexOf("Transactions")).isLessThan(page.indexOf("/orders/0/"));
        assertThat(page.indexOf("/orders/0/")).isLessThan(page.indexOf("Parts of requests"));
        assertThat(page.indexOf("Parts of requests")).isLessThan(page.indexOf("/orders/1/"));
    }

    @Test
    void executorsSayHowTheyWereDoing() throws Exception {
        runs.documents.put(45, Samples.run(Samples.finishedJson()));

        assertThat(get("/projects/default/runs/45").body())
                .contains("heap up to 212 MB · GC 134 ms · lag up to 12.4 ms · network 412 MB in, 31.0 MB out");
    }

    @Test
    void invalidRunSaysWhatWasWrongAndShowsWhatADeadProcessSaidLast() throws Exception {
        runs.documents.put(45, Samples.run(Samples.crowdedJson()));

        assertThat(get("/projects/default/runs/45").body())
                .contains("Invalid", "executor 2 was lost", "Without that the verdict would have been PASSED.")
                .contains("logs below", "exit 137", "java.lang.OutOfMemoryError: Java heap space");
    }

    @Test
    void invalidRunAndTheOneThatRepeatsItNameEachOther() throws Exception {
        runs.documents.put(
                47, Samples.run(Samples.crowdedJson().put("number", 47).put("retriedBy", 48)));
        runs.documents.put(
                48, Samples.run(Samples.finishedJson().put("number", 48).put("retryOf", 47)));

        assertThat(get("/projects/default/runs/47").body())
                .contains("It was started once more:", "href=\"/projects/default/runs/48\"");
        assertThat(get("/projects/default/runs/48").body()).contains("repeats <a href=\"/projects/default/runs/47\"");
    }

    @Test
    void pageThatFailsTellsAnIdThatTheLogKnows() throws Exception {
        runs.documents.put(46, Samples.run(Samples.finishedJson()));
        runs.broken = true;

        var answer = get("/projects/default/runs/46");
        runs.broken = false;

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body())
                .containsPattern("it is error [0-9a-f]{8}")
                .doesNotContain("disk on fire", "Exception");
    }

    @Test
    void namesOfStrangersAreTextOnly() throws Exception {
        String evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>";
        ObjectNode json = Samples.finishedJson();
        json.put("test", evil).put("reason", evil).put("submittedBy", evil);
        ((ObjectNode) json.path("labels").get(0)).put("label", evil);
        ((ObjectNode) json.path("errors").get(0)).put("message", evil).put("kind", evil);
        ((ObjectNode) json.path("assertions").get(0)).put("text", evil);
        ((ObjectNode) json.path("source")).put("ref", evil).put("commit", "\"><script>");
        runs.documents.put(42, Samples.run(json));
        runs.plans.put(42, Samples.plan());

        for (String path : new String[] {"/projects/default/runs/42", "/projects/default/runs"}) {
            assertThat(get(path).body()).contains("&lt;script&gt;").doesNotContain("<script>alert", "<img src=x");
        }
        assertThat(get("/projects/default/runs/new?git=" + URLEncoder.encode(evil, StandardCharsets.UTF_8))
                        .body())
                .doesNotContain("<script>alert", "<img src=x");
    }

    @Test
    void validateShowsAllProblemsInPlace() throws Exception {
        String form = get("/projects/default/runs/new").body();

        var answer = post("/projects/default/runs/validate", form, "git=https://git.example.org/a.git&ref=&path=");

        assertThat(answer.body())
                .contains("/scenarios/0/load/holdFor", "holdFor is not known", "did you mean a stage&#39;s")
                .contains("value=\"https://git.example.org/a.git\"");
    }

    @Test
    void pageThatIsNotThereSaysSo() throws Exception {
        var answer = get("/projects/default/runs/4711");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("There is no run #4711.").doesNotContain("Exception");
        assertThat(get("/projects/default/runs/word").statusCode()).isEqualTo(404);
        assertThat(get("/nowhere").body()).contains("There is no such page");
    }

    @Test
    void scriptsAndStylesAreOurs() throws Exception {
        var page = get("/projects/default/runs");

        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'self'")
                .doesNotContain("unsafe");
        assertThat(page.body()).doesNotContain("style=");
        for (String path : new String[] {
            "/assets/app.css",
            "/assets/run.js",
            "/assets/charts.js",
            "/assets/figures.js",
            "/assets/logs.js",
            "/assets/patch.js",
            "/webjars/htmx.org/dist/htmx.min.js",
            "/webjars/echarts/echarts.common.min.js"
        }) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(200);
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return browser.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String page, String fields)
            throws IOException, InterruptedException {
        Matcher csrf = CSRF.matcher(page);
        assertThat(csrf.find()).as("a form with a token").isTrue();
        String body = fields + "&_csrf=" + URLEncoder.encode(csrf.group(1), StandardCharsets.UTF_8);
        return browser.send(
                HttpRequest.newBuilder(uri(path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
