package dev.loadstar.web;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The pages in a real browser, where one is installed; pictures of them are left in {@code target/screenshots}. */
@SpringBootTest(classes = PagesApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@EnabledIf("browserIsInstalled")
class BrowserTests {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    private static Playwright playwright;
    private static Browser browser;

    @Autowired
    private KnownRuns runs;

    @LocalServerPort
    private int port;

    static boolean browserIsInstalled() {
        return Files.isExecutable(CHROMIUM);
    }

    @BeforeAll
    static void startBrowser() {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of("--no-sandbox")));
    }

    @AfterAll
    static void stopBrowser() {
        playwright.close();
    }

    @BeforeEach
    void writeDownRuns() {
        runs.documents.clear();
        runs.documents.put(42, Samples.run(Samples.finishedJson()));
        runs.documents.put(41, Samples.run(Samples.refusedJson()));
        runs.documents.put(43, Samples.run(Samples.liveJson()));
        runs.documents.put(44, Samples.run(Samples.queuedJson()));
        runs.documents.put(45, Samples.run(Samples.crowdedJson()));
        runs.documents.put(47, Samples.run(Samples.openJson()));
        runs.plans.put(47, Samples.openPlan());
        runs.plans.put(42, Samples.plan());
        runs.plans.put(45, Samples.plan());
        runs.plans.put(43, Samples.plan());
    }

    @ParameterizedTest
    @CsvSource({"1280,800,LIGHT", "390,844,LIGHT", "1280,800,DARK"})
    void pagesFitAndRunTheirScripts(int width, int height, ColorScheme colours) {
        try (Page page = browser.newPage(new Browser.NewPageOptions()
                .setViewportSize(width, height)
                .setColorScheme(colours)
                .setTimezoneId("Europe/Zurich"))) {
            List<String> complaints = new ArrayList<>();
            page.onConsoleMessage(message -> {
                if (message.type().equals("error") && !message.text().contains("404")) {
                    complaints.add(message.text());
                }
            });
            page.onPageError(complaints::add);
            String look = "%d-%s".formatted(width, colours);

            page.navigate(url("/projects/default/runs"));
            picture(page, "sign-in-" + look);
            page.getByLabel("Name").fill("admin");
            page.getByLabel("Password").fill("secret");
            page.getByText("Sign in").last().click();
            page.waitForURL(Pattern.compile(".*/projects/default/runs(\\?.*)?"));
            picture(page, "runs-" + look);

            page.navigate(url("/projects/default/runs/42"));
            await().untilAsserted(
                            () -> assertThat(page.locator("canvas").count()).isEqualTo(7));
            assertThat(page.locator("time").first().textContent()).doesNotContain("T10:00");
            page.getByText("http.500").click();
            page.getByText("<script>alert(1)</script>").waitFor();
            assertThat(page.getByText("executor-1-results.jtl").getAttribute("href"))
                    .isEqualTo("/api/v1/projects/default/runs/42/artifacts/executor-1-results.jtl");
            picture(page, "finished-" + look);
            page.navigate(url("/projects/default/runs/41"));
            picture(page, "refused-" + look);
            page.navigate(url("/projects/default/runs/43"));
            picture(page, "live-" + look);
            page.navigate(url("/projects/default/runs/44"));
            picture(page, "queued-" + look);
            page.navigate(url("/projects/default/runs/45"));
            picture(page, "crowded-" + look);
            page.navigate(url("/projects/default/runs/47"));
            await().untilAsserted(
                            () -> assertThat(page.locator("canvas").count()).isEqualTo(8));
            assertThat(page.locator("#arrivals").isVisible()).isTrue();
            picture(page, "open-" + look);

            page.navigate(url("/projects"));
            picture(page, "projects-" + look);
            page.navigate(url("/projects/default/runs/new"));
            page.getByLabel("Git repository").fill("https://git.example.org/shop/load.git");
            page.getByText("Validate").click();
            page.getByText("holdFor is not known").waitFor();
            picture(page, "new-" + look);
            assertThat(complaints).isEmpty();
        }
    }

    private void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target", "screenshots", name + ".png"))
                .setFullPage(true));
        var overflow = (Number) page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
        assertThat(overflow.intValue())
                .as("width of %s over the window's", name)
                .isNotPositive();
    }

    private String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }
}
