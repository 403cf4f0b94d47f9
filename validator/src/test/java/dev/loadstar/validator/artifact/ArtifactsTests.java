package dev.loadstar.validator.artifact;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

import dev.loadstar.contract.bundle.BlobStore;
import dev.loadstar.contract.plan.BundleFile;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** A mirror in a folder, asked as one over HTTP would be. */
class ArtifactsTests {

    private static final String LIST = "/scenarios/0/toolOptions/jmeter/plugins";

    @TempDir
    Path folder;

    private ArtifactSettings settings;

    @BeforeEach
    void publish() throws IOException {
        artifact("org.example", "plugin", "1.0", "the plug-in", """
                <repositories><repository><id>evil</id><url>http://127.0.0.1:1/</url></repository></repositories>
                <dependencies>
                  <dependency><groupId>org.example</groupId><artifactId>helper</artifactId><version>2.0</version></dependency>
                  <dependency><groupId>org.apache.jmeter</groupId><artifactId>core</artifactId><version>2.13</version></dependency>
                  <dependency><groupId>org.example</groupId><artifactId>for-tests</artifactId><version>1</version><scope>test</scope></dependency>
                </dependencies>""");
        artifact("org.example", "helper", "2.0", "what it needs", "");
        artifact("org.example", "lonely", "1.0", "its need is nowhere", """
                <dependencies><dependency><groupId>org.example</groupId><artifactId>nowhere</artifactId><version>9</version></dependency></dependencies>""");
        settings =
                ArtifactSettings.DEFAULT.from(folder.resolve("mirror").toUri().toString(), null, null);
    }

    @Test
    void aPluginComesWithWhatItNeedsAndWithoutWhatTheToolBrings() throws IOException {
        Artifacts.Found found = find("org.example:plugin:1.0");

        assertThat(found.problems()).isEmpty();
        assertThat(found.jars())
                .extracting(jar -> jar.path().substring(jar.path().lastIndexOf('/') + 1))
                .containsExactly("plugin-1.0.jar", "helper-2.0.jar");
        assertThat(found.jars()).allSatisfy(jar -> assertThat(jar.path()).startsWith(".loadstar/lib/"));
        BundleFile first = found.jars().getFirst();
        assertThat(new BlobStore(folder.resolve("blobs")).path(first.digest())).hasContent("the plug-in");
        assertThat(first.size()).isEqualTo("the plug-in".length());
    }

    @Test
    void eachCoordinateThatIsNotThereIsNamedAtItsPlace() throws IOException {
        Artifacts.Found found = find("org.example:plugin:1.0", "org.example:plugin:7", "org.example:nothing:1");

        assertThat(found.jars()).isEmpty();
        assertThat(found.problems())
                .extracting(Problem::pointer, Problem::code)
                .containsExactly(
                        tuple(LIST + "/1", ErrorCode.ARTIFACT_UNKNOWN.slug()),
                        tuple(LIST + "/2", ErrorCode.ARTIFACT_UNKNOWN.slug()));
        assertThat(found.problems().getFirst().message()).contains("org.example:plugin:jar:7");
    }

    @Test
    void somethingThatAPluginNeedsAndThatIsNowhereIsNamed() throws IOException {
        assertThat(find("org.example:lonely:1.0").problems()).singleElement().satisfies(problem -> {
            assertThat(problem.pointer()).isEqualTo(LIST);
            assertThat(problem.message()).contains("org.example:nowhere:jar:9");
        });
    }

    @Test
    void mirrorThatDoesNotAnswerIsNamedWithItsSetting() throws IOException {
        int port;
        try (var closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }
        settings = ArtifactSettings.DEFAULT.from("http://127.0.0.1:" + port + "/maven", null, null);

        assertThat(find("org.example:plugin:1.0").problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(ErrorCode.ARTIFACT_UNREACHABLE.slug());
            assertThat(problem.message()).contains("http://127.0.0.1:" + port + "/maven does not answer");
            assertThat(problem.hint()).contains("loadstar.artifacts.mirror");
        });
    }

    @Test
    void moreThanAllowedIsRefused() throws IOException {
        String mirror = settings.mirror();
        settings = new ArtifactSettings(mirror, null, null, 1, 1 << 20, Duration.ofMinutes(1), null);
        assertThat(find("org.example:plugin:1.0").problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("2 jars, and at most 1"));

        settings = new ArtifactSettings(mirror, null, null, 100, 10, Duration.ofMinutes(1), null);
        assertThat(find("org.example:plugin:1.0").problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ErrorCode.ARTIFACT_REFUSED.slug()));
    }

    private Artifacts.Found find(String... coordinates) throws IOException {
        var blobs = new BlobStore(folder.resolve("blobs"));
        return new Artifacts(settings, folder.resolve("cache"), blobs)
                .find(new ArtifactRequest(List.of(coordinates), LIST, List.of("org.apache.jmeter:*")));
    }

    private void artifact(String group, String name, String version, String jar, String more) throws IOException {
        Path place = folder.resolve("mirror")
                .resolve(group.replace('.', '/'))
                .resolve(name)
                .resolve(version);
        Files.createDirectories(place);
        publish(place.resolve(name + "-" + version + ".jar"), jar);
        publish(place.resolve(name + "-" + version + ".pom"), """
                <project><modelVersion>4.0.0</modelVersion><groupId>%s</groupId><artifactId>%s</artifactId>
                <version>%s</version>%s</project>""".formatted(group, name, version, more));
    }

    private static void publish(Path file, String content) throws IOException {
        Files.writeString(file, content);
        Files.writeString(file.resolveSibling(file.getFileName() + ".sha1"), sha1(content));
    }

    private static String sha1(String content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest(content.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
