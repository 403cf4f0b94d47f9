package dev.loadstar.acceptance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;

/** A real browser, which writes down what its pages complain about and every address outside of the server that they ask. */
final class Chromium implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/bin/chromium");

    private final List<String> complaints = new CopyOnWriteArrayList<>();

    private final String server;
    private final Playwright playwright;
    private final Browser browser;

    Chromium(String server) {
        this.server = server;
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(PROGRAM)
                        .setArgs(List.of("--no-sandbox")));
    }

    static boolean isInstalled() {
        return Files.isExecutable(PROGRAM);
    }

    /** A browser of its own, with the cookies that another one left, if any. */
    BrowserContext open(int width, int height, ColorScheme colours, String state) {
        var options = new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(colours)
                .setLocale("en-GB")
                .setTimezoneId("Europe/Zurich");
        BrowserContext context = browser.newContext(state.isEmpty() ? options : options.setStorageState(state));
        context.setDefaultTimeout(30_000);
        context.onPage(this::listen);
        return context;
    }

    /** Those since the last call. */
    List<String> complaints() {
        var all = List.copyOf(complaints);
        complaints.clear();
        return all;
    }

    private void listen(Page page) {
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.text() + " " + message.location());
            }
        });
        page.onPageError(complaints::add);
        page.onRequest(request -> {
            if (!request.url().startsWith(server + "/")) {
                complaints.add("asked " + request.url());
            }
        });
    }

    @Override
    public void close() {
        playwright.close();
    }
}
