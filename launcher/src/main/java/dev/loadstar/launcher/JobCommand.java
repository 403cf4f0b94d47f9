package dev.loadstar.launcher;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The command line and environment of a job: a small shell script, {@code job.sh}, around the program's JVM. */
final class JobCommand {

    private static final String SCRIPT = script();
    private static final List<String> PASSED_ON = List.of("PATH", "HOME", "TZ");

    private final Path home;
    private final String setsid = onPath("setsid") ? "setsid" : "";

    JobCommand(Path home) {
        this.home = home;
    }

    ProcessBuilder process(JobSpec spec, JobFolder folder) {
        var command = new ArrayList<String>();
        if (!setsid.isEmpty()) {
            command.add(setsid);
        }
        command.addAll(List.of("sh", "-c", SCRIPT, "loadstar-job", setsid));
        command.addAll(java(spec));
        var process = new ProcessBuilder(command).directory(folder.directory().toFile());
        File log = folder.log().toFile();
        process.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        process.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log));
        environment(process.environment(), spec);
        return process;
    }

    private List<String> java(JobSpec spec) {
        Path program = home.resolve(spec.program());
        var java = new ArrayList<String>();
        java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        java.add("-Xmx" + spec.heapMegabytes() + "m");
        java.addAll(archive(spec.program()));
        java.addAll(List.of("-cp", program + "/*"));
        java.add("@" + program.resolve("launch.args"));
        java.addAll(spec.arguments());
        return java;
    }

    /** An archive of the program's classes, where the build has left one; one that does not fit any more is passed over silently. */
    private List<String> archive(String program) {
        Path archive = home.resolve(program).resolve("classes.jsa");
        return Files.exists(archive)
                ? List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds*=off,aot*=off")
                : List.of();
    }

    private static void environment(Map<String, String> environment, JobSpec spec) {
        environment.keySet().retainAll(PASSED_ON);
        environment.put("LANG", "C.UTF-8");
        environment.putAll(spec.environment());
    }

    /** Kills the program and whatever it started in its process group. */
    static void killGroup(long program) throws IOException {
        new ProcessBuilder("sh", "-c", "kill -s KILL -- -\"$0\"", Long.toString(program))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static boolean onPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static String script() {
        try (InputStream script = JobCommand.class.getResourceAsStream("job.sh")) {
            if (script == null) {
                throw new IllegalStateException("job.sh is missing beside its class");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
