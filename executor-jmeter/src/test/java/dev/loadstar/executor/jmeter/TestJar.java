package dev.loadstar.executor.jmeter;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import static org.assertj.core.api.Assertions.assertThat;

/** Jars as a user of the platform would build them. */
final class TestJar {

    private TestJar() {}

    /** Compiles one class against what these tests see. */
    static void of(Path jar, Path folder, String className, String source) throws IOException {
        Path file = folder.resolve(className.replace('.', '/') + ".java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, source);
        Path classes = Files.createDirectories(folder.resolve("classes"));
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", classes.toString(), "-proc:none", file.toString());
        assertThat(result).as("compilation of " + className).isZero();
        Files.createDirectories(jar.getParent());
        try (OutputStream out = Files.newOutputStream(jar);
                var archive = new JarOutputStream(out);
                Stream<Path> found = Files.walk(classes)) {
            List<Path> compiled = found.filter(Files::isRegularFile).toList();
            for (Path one : compiled) {
                archive.putNextEntry(new JarEntry(classes.relativize(one).toString()));
                Files.copy(one, archive);
                archive.closeEntry();
            }
        }
    }
}
