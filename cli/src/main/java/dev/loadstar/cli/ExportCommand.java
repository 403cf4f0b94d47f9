package dev.loadstar.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code export}: a run as a file for other programs. */
@Command(
        name = "export",
        description = "Writes a run for other programs.",
        footer = {
            "",
            "json is the run's document, labels and timeline are CSV, hlog is a log of",
            "HdrHistogram with the latency of each label.",
            "Example: ./loadstar export 42 --format junit --out target/loadstar.xml"
        })
final class ExportCommand implements Callable<Integer> {

    /** Format → what to ask for below the run's address. */
    private static final Map<String, String> FORMATS = formats();

    private final Screen screen;

    @Mixin
    private final RunChoice run = new RunChoice();

    @Option(
            names = "--format",
            required = true,
            paramLabel = "FORMAT",
            description = "json, labels, timeline, junit, markdown or hlog.")
    private String format = "";

    @Option(names = "--out", paramLabel = "FILE", description = "Where to write it; stdout otherwise.")
    private @Nullable Path out;

    @Mixin
    private final ServerChoice server;

    ExportCommand(Screen screen, ServerChoice server) {
        this.screen = screen;
        this.server = server;
    }

    private static Map<String, String> formats() {
        var formats = new LinkedHashMap<String, String>();
        formats.put("json", "");
        formats.put("labels", "/export/labels.csv");
        formats.put("timeline", "/export/timeline.csv");
        formats.put("junit", "/export/junit.xml");
        formats.put("markdown", "/export/summary.md");
        formats.put("hlog", "/export/latency.hlog");
        return formats;
    }

    @Override
    public Integer call() throws Exception {
        var ref = run.ref();
        @Nullable String path = FORMATS.get(format);
        if (path == null) {
            throw new CliError(
                    CliError.REFUSED,
                    "--format is not " + format,
                    "One of " + String.join(", ", FORMATS.keySet()) + ".");
        }
        try (var content = server.find().open(ref, path)) {
            if (out == null) {
                screen.fact(new String(content.readAllBytes(), StandardCharsets.UTF_8).stripTrailing());
            } else {
                Files.copy(content, out, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return 0;
    }
}
