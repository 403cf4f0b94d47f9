package dev.loadstar.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.loadstar.demo.DemoTarget;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The pages of the whole product in a real browser. The README's pictures are made here: see CONTRIBUTING.md. */
@EnabledIf("dev.loadstar.acceptance.Chromium#isInstalled")
class BrowserTests {

    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final Pattern RUN = Pattern.compile(".*/runs/\\d+$");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final double PATIENCE_MILLIS = 60_000;

    /** The second that the charts' newest point tells of is over that long ago, as the browser sees it. */
    private static final String BEHIND =
            "Date.now() - 1000 - Date.parse(document.getElementById('run').dataset.newest ?? 0)";

    @TempDir
    private static Path folder;

    private static StandaloneServer server;
    private static Chromium chromium;

    private DemoTarget target;
    private BrowserContext browser;
    private Page page;

    @BeforeAll
    static void start() throws IOException {
        server = StandaloneServer.start(folder.resolve("data"));
        chromium = new Chromium(server.address());
    }

    @AfterAll
    static void stop() throws Exception {
        chromium.close();
        server.close();
    }

    @BeforeEach
    void signIn() throws IOException {
        target = DemoTarget.start(0);
        target.errorRate(0.004);
        browser = chromium.open(1280, 860, ColorScheme.LIGHT, "");
        page = browser.newPage();
        page.navigate(server.address() + "/");
        page.getByLabel("Name").fill("admin");
        page.getByLabel("Password")
                .fill(Files.readString(server.data().resolve("admin-password")).strip());
        button("Sign in").click();
        page.waitForURL(Pattern.compile(".*/runs$"));
    }

    @AfterEach
    void nothingWasComplainedOf() {
        browser.close();
        target.close();
        assertThat(chromium.complaints()).isEmpty();
    }

    @Test
    void runIsStartedWatchedAndStopped() throws IOException {
        submit(LoadTest.closed(target.port(), 2, 20, "40s", "p95 < 300ms", "errors < 1%"));
        page.waitForURL(RUN);
        await("a point on the charts")
                .atMost(MINUTE)
                .until(() -> page.locator("#run[data-newest]").count() == 1);

        await("charts that are at most 2 s behind")
                .pollInterval(Duration.ofMillis(50))
                .until(() -> ((Number) page.evaluate(BEHIND)).longValue() < 2000);
        await("what the target counted, on the page").atMost(MINUTE).until(() -> number("#f-requests") > 200);
        assertThat(number("#f-requests")).isLessThanOrEqualTo(target.arrivals().size());
        await("a chart of each kind").until(() -> page.locator("canvas").count() == 5);
        button("1 · jmeter").click();
        page.getByText("load started").waitFor();
        readme();
        look("run");

        hide(true);
        String newest = newest();
        await("a hidden page that holds no connection")
                .until(() -> (Boolean) page.evaluate("document.getElementById('run').dataset.stream === 'closed'"));
        hide(false);
        await("a page that goes on").until(() -> !newest.equals(newest()));

        button("Stop").click();
        page.locator("dialog").getByText("Cancel").click();
        assertThat(page.locator(".pill").textContent()).contains("Running");
        button("Stop").click();
        page.locator("dialog")
                .getByText("Stop", new Locator.GetByTextOptions().setExact(true))
                .click();
        page.locator(".verdict").waitFor(new Locator.WaitForOptions().setTimeout(PATIENCE_MILLIS));
        assertThat(page.locator(".verdict").textContent()).contains("Aborted", "stopped by admin");
        look("stopped");
    }

    @Test
    void problemsOfAPastedDefinitionStandBesideTheirLines() {
        page.navigate(server.address() + "/projects/default/runs/new");
        page.getByLabel("pasted here").check();
        page.getByLabel("Definition", new Page.GetByLabelOptions().setExact(true))
                .fill("""
                {
                  "version": "loadstar/v1",
                  "name": "typo",
                  "target": {"baseUrl": "http://127.0.0.1:1"},
                  "scenarios": [
                    {
                      "name": "visit",
                      "tool": "jmeter",
                      "requests": [{"path": "/"}],
                      "load": {"users": 1, "holdFor": "3s"}
                    }
                  ]
                }
                """);
        page.getByText("Different this time").click();
        page.getByLabel("Variables").fill("NAME");
        button("Validate").click();
        page.getByText("'NAME' is not name=value").waitFor();
        page.getByLabel("Variables").fill("");
        button("Validate").click();

        Locator problem = page.locator("[data-line='10']").first();
        problem.waitFor();
        assertThat(problem.textContent()).contains("\"holdFor\": \"3s\"", "/scenarios/0/load");
        assertThat(page.locator(".gutter .fail").allTextContents()).contains("10\n");
        problem.locator("button").click();
        assertThat(page.evaluate(
                                "document.activeElement.value.split('\\n')[document.activeElement.value.slice(0, document.activeElement.selectionStart).split('\\n').length - 1]")
                        .toString())
                .contains("holdFor");
        look("problems");
    }

    @Test
    void browserThatWasClosedIsStillSignedIn() {
        String cookies = browser.storageState();
        browser.close();
        browser = chromium.open(1280, 860, ColorScheme.LIGHT, cookies);
        page = browser.newPage();

        page.navigate(server.address() + "/");

        assertThat(page.title()).isEqualTo("Runs · Loadstar");
    }

    private void submit(LoadTest test) throws IOException {
        String url = GitRepository.with(folder.resolve("shop"), test.files()).url();
        page.navigate(server.address() + "/projects/default/runs/new");
        page.getByLabel("Git repository").fill(url);
        button("Plan").click();
        page.locator("#answer table").first().waitFor(new Locator.WaitForOptions().setTimeout(PATIENCE_MILLIS));
        assertThat(page.locator("#answer").textContent()).contains("Valid", "hold", "10");
        look("plan");
        button("Start").click();
    }

    /** Wide and light, narrow and dark: nothing leaves the window, and a picture is left. */
    private void look(String name) {
        look(name, 390, ColorScheme.DARK);
        look(name, 1280, ColorScheme.LIGHT);
    }

    private void look(String name, int width, ColorScheme colours) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colours));
        page.setViewportSize(width, 860);
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(PICTURES.resolve("%s-%d-%s.png".formatted(name, width, lower(colours))))
                .setFullPage(true));
        var over = (Number) page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
        assertThat(over.intValue())
                .as("width of %s over the window's %d", name, width)
                .isNotPositive();
    }

    /** The README's pictures: the upper part of the page once there is something to see. */
    private void readme() {
        await("some seconds of load").atMost(MINUTE).until(() ->
                (Boolean) page.evaluate("Date.parse(run.dataset.newest) - Date.parse(run.dataset.started) > 14000"));
        page.evaluate("window.scrollTo(0, 0)");
        for (ColorScheme colours : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colours));
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(PICTURES.resolve("readme-run-%s.png".formatted(lower(colours)))));
        }
    }

    private static String lower(ColorScheme colours) {
        return colours.name().toLowerCase(Locale.ROOT);
    }

    /** What the browser tells a page whose tab is behind another one. */
    private void hide(boolean hidden) {
        page.evaluate(
                "hidden => { Object.defineProperty(document, 'hidden', {value: hidden, configurable: true});"
                        + " document.dispatchEvent(new Event('visibilitychange')); }",
                hidden);
    }

    private String newest() {
        return page.locator("#run").getAttribute("data-newest");
    }

    private long number(String selector) {
        String digits = page.locator(selector).textContent().replaceAll("[^0-9]", "");
        return digits.isEmpty() ? 0 : Long.parseLong(digits);
    }

    private Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
