package dev.loadstar.acceptance;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The assembled command line as a process of its own, for the server with this data directory. */
record Cli(Path data) {

    /** What one command left behind. */
    record Outcome(int exitCode, String out, String err) {}

    Outcome run(Path workingDirectory, String... arguments) throws IOException, InterruptedException {
        Path home = StandaloneServer.HOME;
        var command = new ArrayList<String>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dloadstar.home=" + home,
                "-cp",
                home.resolve("cli") + "/*",
                "@" + home.resolve("cli").resolve("launch.args")));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile("cli-", ".out");
        Path err = Files.createTempFile("cli-", ".err");
        try {
            var builder = new ProcessBuilder(command)
                    .directory(workingDirectory.toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().put("LOADSTAR_DATA", data.toString());
            builder.environment().remove("LOADSTAR_SERVER");
            int exitCode = builder.start().waitFor();
            return new Outcome(exitCode, text(out), text(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
