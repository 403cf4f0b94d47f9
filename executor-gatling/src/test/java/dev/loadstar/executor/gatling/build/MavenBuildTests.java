package dev.loadstar.executor.gatling.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;

import dev.loadstar.contract.problem.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.loadstar.executor.gatling.build.Repository.problems;
import static dev.loadstar.executor.gatling.build.Repository.says;
import static org.assertj.core.api.Assertions.assertThat;

/** Projects in the layout of Gatling's own demo, built by the Maven that comes with the executor. */
class MavenBuildTests {

    private static final String FILE = "/script/file";
    private static final String SOURCE = "src/test/java/shop/ShopSimulation.java";
    private static final String POM = """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>org.example</groupId>
              <artifactId>load</artifactId>
              <version>1</version>
              <properties>
                <maven.compiler.release>17</maven.compiler.release>
                <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
                <gatling.version>3.15.1</gatling.version>
              </properties>
              <repositories>
                <repository><id>elsewhere</id><url>http://127.0.0.1:1/maven</url></repository>
              </repositories>
              <dependencies>
                <dependency>
                  <groupId>io.gatling</groupId>
                  <artifactId>gatling-http-java</artifactId>
                  <version>${gatling.version}</version>
                  <scope>test</scope>
                </dependency>
                <dependency>
                  <groupId>info.picocli</groupId>
                  <artifactId>picocli</artifactId>
                  <version>4.7.7</version>
                  <scope>test</scope>
                </dependency>
              </dependencies>
              <build>
                <testResources>
                  <testResource><directory>src/test/resources</directory><filtering>true</filtering></testResource>
                </testResources>
                <plugins>
                  <plugin><artifactId>maven-compiler-plugin</artifactId><version>3.14.1</version></plugin>
                  <plugin><artifactId>maven-resources-plugin</artifactId><version>3.4.0</version></plugin>
                  <plugin>
                    <groupId>io.gatling</groupId>
                    <artifactId>gatling-maven-plugin</artifactId>
                    <version>4.21.10</version>
                  </plugin>
                </plugins>
              </build>
            </project>
            """;

    @TempDir
    Path temporary;

    private Repository repository;

    @BeforeEach
    void prepare() throws IOException {
        repository = new Repository(temporary)
                .with("pom.xml", POM)
                .with(SOURCE, Repository.SIMULATION)
                .with("src/test/java/shop/Steps.java", Repository.STEPS);
    }

    @Test
    void projectIsBuiltWithItsOwnPomAndItsResourcesStayFiles() throws IOException {
        repository
                .with("src/test/resources/users.csv", "name\nann\n")
                .with("src/test/resources/project.properties", "name=${project.artifactId}\n")
                .with(".mvn/jvm.config", "-Xmx1k\n")
                .with(".mvn/maven.config", "-Dmaven.compiler.release=1\n")
                .with("mvnw", "#!/bin/sh\ntouch was-run\n");

        Built built = repository.build(SOURCE);

        assertThat(built.simulation()).isEqualTo("shop.ShopSimulation");
        assertThat(built.classPath())
                .endsWith("src/test/resources", ".loadstar/built/lib/picocli-4.7.7.jar", "")
                .hasSize(4);
        try (var jar = new JarFile(repository.jar().toFile())) {
            assertThat(jar.stream().map(entry -> entry.getName()))
                    .contains("shop/ShopSimulation.class", "shop/Steps.class", "project.properties")
                    .doesNotContain("users.csv");
            try (var filtered = jar.getInputStream(jar.getEntry("project.properties"))) {
                assertThat(filtered).hasContent("name=load");
            }
        }
        assertThat(Files.exists(repository.folder().resolve("was-run"))).isFalse();
    }

    @Test
    void compileErrorsAndMissingLibrariesAreNamed() throws IOException {
        repository.with(SOURCE, Repository.SIMULATION.replace("setUp(", "setup("));
        assertThat(problems(() -> repository.build("pom.xml")))
                .first()
                .satisfies(says(FILE, "src/test/java/shop/ShopSimulation.java, line 10: cannot find symbol"));

        repository.with("pom.xml", POM.replace("<version>4.7.7</version>", "<version>0.0.0-none</version>"));
        assertThat(problems(() -> repository.build("pom.xml"))).singleElement().satisfies(problem -> {
            assertThat(problem.message()).contains("info.picocli:picocli:jar:0.0.0-none");
            assertThat(problem).extracting(Problem::code).isEqualTo("artifact-unknown");
        });
    }
}
