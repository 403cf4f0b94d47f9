package dev.loadstar.validator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;

/**
 * A tool of one class, run as a program of its own: its script is the inspection that it answers, or says how it fails
 * ({@code exit 3}, {@code hang}). A script with {@code "builds": "name"} is built to a file of that name, one with
 * {@code "builds": "501 files"} to as many, one with {@code "builds": "-> place"} to a link. It needs nothing but the JDK.
 */
public final class TinyTool {

    private TinyTool() {}

    public static void main(String[] args) throws IOException {
        List<String> arguments = List.of(args);
        String scenario = Files.readString(option(arguments, "--scenario"));
        var file = Pattern.compile("\"file\"\\s*:\\s*\"([^\"]+)\"").matcher(scenario);
        if (!arguments.contains("--inspect") || !file.find()) {
            System.exit(2);
        }
        Path script = option(arguments, "--workspace").resolve(file.group(1));
        String content = Files.readString(script);
        System.out.println("tiny looks at " + script.getFileName());
        while (content.startsWith("hang")) {
            LockSupport.park();
        }
        if (content.startsWith("exit")) {
            System.exit(Integer.parseInt(content.substring(5).strip()));
        }
        var builds = Pattern.compile("\"builds\": \"([^\"]+)\"").matcher(content);
        if (builds.find()) {
            build(option(arguments, "--workspace").resolve(".loadstar/built"), builds.group(1));
        }
        Files.copy(script, option(arguments, "--out"), StandardCopyOption.REPLACE_EXISTING);
    }

    private static void build(Path folder, String what) throws IOException {
        Files.createDirectories(folder);
        if (what.startsWith("-> ")) {
            Files.createSymbolicLink(folder.resolve("link"), Path.of(what.substring(3)));
        } else if (what.endsWith(" files")) {
            int many = Integer.parseInt(what.substring(0, what.indexOf(' ')));
            for (int i = 0; i < many; i++) {
                Files.createFile(folder.resolve(Integer.toString(i)));
            }
        } else {
            Files.writeString(folder.resolve(what), "built with " + System.getenv("LOADSTAR_BUILD_MIRROR"));
        }
    }

    private static Path option(List<String> arguments, String name) {
        return Path.of(arguments.get(arguments.indexOf(name) + 1));
    }

    /** Lays the tool into an assembled product as {@code executor-tiny}. */
    static void install(Path home) throws IOException {
        Path program = Files.createDirectories(home.resolve("executor-tiny"));
        String name = TinyTool.class.getName();
        String entry = name.replace('.', '/') + ".class";
        try (var jar = new JarOutputStream(Files.newOutputStream(program.resolve("tiny.jar")));
                var bytes = TinyTool.class.getClassLoader().getResourceAsStream(entry)) {
            if (bytes == null) {
                throw new IOException("not found: " + entry);
            }
            jar.putNextEntry(new JarEntry(entry));
            bytes.transferTo(jar);
            jar.closeEntry();
        }
        Files.writeString(
                program.resolve("descriptor.json"),
                "{\"models\": [\"CLOSED\", \"FROM_SCRIPT\"], \"capabilities\": [\"REQUESTS\"]}");
        Files.writeString(program.resolve("launch.args"), "-XX:TieredStopAtLevel=1\n" + name + "\n");
    }
}
