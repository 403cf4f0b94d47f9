package dev.loadstar.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Commands as a user types them, against a server that speaks the real JSON. */
abstract class CommandLineTests {

    static final String RUNS = "/api/v1/projects/default/runs";
    static final String RUN = RUNS + "/42";

    /** Holds a definition. */
    @TempDir
    Path folder;

    @TempDir
    Path data;

    ScriptedServer server;
    final Map<String, String> environment = new HashMap<>();
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer();
        environment.put("LOADSTAR_SERVER", server.url());
        environment.put("LOADSTAR_DATA", data.toString());
        Files.writeString(folder.resolve("loadstar.json"), "{}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Runs one command line where nothing is a terminal. */
    int loadstar(String... arguments) {
        return new Commands(screen(Look.plain()), environment).execute(arguments);
    }

    Screen screen(Look look) {
        return new Screen(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                look);
    }

    String stdout() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String stderr() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
