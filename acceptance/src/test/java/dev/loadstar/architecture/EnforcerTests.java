package dev.loadstar.architecture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The enforcer's rules hold only if a build that breaks them fails. */
class EnforcerTests {

    private static final Path SAMPLES = Path.of("src/test/enforcer").toAbsolutePath();

    @Test
    void springOutsideItsModulesBreaksTheBuild() throws Exception {
        assertThat(validate("spring-in-worker"))
                .contains("BUILD FAILURE")
                .contains("Spring lives in server, platform-api, reporting, web-ui and embedded");
    }

    @Test
    void libraryInContractBreaksTheBuild() throws Exception {
        assertThat(validate("library-in-contract"))
                .contains("BUILD FAILURE")
                .contains("a library here is a library everywhere");
    }

    private static String validate(String sample) throws IOException, InterruptedException {
        Process maven = new ProcessBuilder(
                        System.getProperty("maven.executable"),
                        "--batch-mode",
                        "--offline",
                        "-f",
                        SAMPLES.resolve(sample).resolve("pom.xml").toString(),
                        "validate")
                .redirectErrorStream(true)
                .start();
        maven.getOutputStream().close();
        String output = new String(maven.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        maven.waitFor();
        return output;
    }
}
