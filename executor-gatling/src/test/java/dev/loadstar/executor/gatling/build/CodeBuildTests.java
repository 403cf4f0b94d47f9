package dev.loadstar.executor.gatling.build;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

import dev.loadstar.contract.problem.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static dev.loadstar.executor.gatling.build.Repository.problems;
import static dev.loadstar.executor.gatling.build.Repository.says;
import static org.assertj.core.api.Assertions.assertThat;

/** What is built without Maven. */
class CodeBuildTests {

    private static final String FILE = "/script/file";

    @TempDir
    Path temporary;

    private Repository repository;

    @BeforeEach
    void prepare() throws IOException {
        repository = new Repository(temporary);
    }

    @Test
    void javaSourcesAloneAreCompiledWithWhatTheyUse() throws Exception {
        repository
                .with("load/shop/ShopSimulation.java", Repository.SIMULATION)
                .with("load/shop/Steps.java", Repository.STEPS)
                .with("load/shop/Unused.java", "package shop; this is not Java")
                .with("resources/users.csv", "name\nann\n");

        Built built = repository.build("load/shop/ShopSimulation.java");

        assertThat(built.simulation()).isEqualTo("shop.ShopSimulation");
        assertThat(built.classPath()).endsWith("load", "resources", "").hasSize(4);
        assertThat(Built.in(repository.folder())).isEqualTo(built);
        try (var loader = loader(built)) {
            assertThat(loader.loadClass("shop.Steps")).isNotNull();
            assertThat(loader.getResource("users.csv")).isNotNull();
        }
    }

    @Test
    void theSameSourcesGiveTheSameBytes() throws IOException {
        repository.with("shop/ShopSimulation.java", Repository.SIMULATION).with("shop/Steps.java", Repository.STEPS);

        Built built = repository.build("shop/ShopSimulation.java");
        byte[] once = Files.readAllBytes(repository.jar());

        assertThat(repository.build("shop/ShopSimulation.java")).isEqualTo(built);
        assertThat(repository.jar()).hasBinaryContent(once);
    }

    @Test
    void everyErrorOfTheCompilerIsNamedWithFileAndLine() throws IOException {
        repository
                .with(
                        "shop/ShopSimulation.java",
                        Repository.SIMULATION.replace("    {\n", "    int n = \"x\";\n    {\n"))
                .with("shop/Steps.java", Repository.STEPS.replace("ActionBuilder home", "Nothing home"));

        List<Problem> problems = problems(() -> repository.build("shop/ShopSimulation.java"));

        assertThat(problems)
                .satisfiesExactlyInAnyOrder(
                        says(
                                FILE,
                                "shop/ShopSimulation.java, line 9: incompatible types: java.lang.String cannot be converted to int"),
                        says(FILE, "shop/Steps.java, line 8: cannot find symbol", "class Nothing"));
        assertThat(problems).extracting(Problem::code).containsOnly("script-invalid");
    }

    @Test
    void sourceOutsideOfTheFolderOfItsPackageIsNamed() throws IOException {
        repository.with("load/ShopSimulation.java", Repository.SIMULATION);

        assertThat(problems(() -> repository.build("load/ShopSimulation.java")))
                .satisfiesExactly(says(FILE, "load/ShopSimulation.java is of package shop, but not in a folder shop"));
    }

    @Test
    void jarsInLibAreThereForTheCompilerAndForTheRun() throws IOException {
        repository.with("shop/Steps.java", Repository.STEPS).with("shop/ShopSimulation.java", Repository.SIMULATION);
        repository.build("shop/ShopSimulation.java");
        Files.createDirectories(repository.folder().resolve("lib"));
        Files.move(repository.jar(), repository.folder().resolve("lib/steps.jar"));
        Files.delete(repository.folder().resolve("shop/Steps.java"));
        repository.with("more/Again.java", "package more; public class Again extends shop.ShopSimulation {}");

        Built built = repository.build("more/Again.java");

        assertThat(built.simulation()).isEqualTo("more.Again");
        assertThat(built.classPath()).contains("lib/steps.jar");
    }

    @Test
    void jarRunsItsOnlySimulationOrTheOneThatIsNamed() throws IOException {
        repository.with("shop/Steps.java", Repository.STEPS).with("shop/ShopSimulation.java", Repository.SIMULATION);
        repository.build("shop/ShopSimulation.java");
        jar("load.jar", "3.15.0");

        Built built = repository.build("load.jar");
        assertThat(built.simulation()).isEqualTo("shop.ShopSimulation");
        assertThat(built.classPath()).containsExactly("load.jar", "");
        assertThat(repository.build("load.jar", "ShopSimulation")).isEqualTo(built);
        assertThat(problems(() -> repository.build("load.jar", "shop.Steps")))
                .satisfiesExactly(
                        says("/script/entry", "There is no simulation shop.Steps; there is: shop.ShopSimulation"));
    }

    @Test
    void severalSimulationsNeedAnEntry() throws IOException {
        repository
                .with("shop/Steps.java", Repository.STEPS)
                .with("shop/ShopSimulation.java", Repository.SIMULATION)
                .with("shop/Second.java", "package shop; public class Second extends ShopSimulation {}")
                .with("shop/Base.java", "package shop; public abstract class Base extends Second {}");
        assertThat(repository.build("shop/Second.java").simulation()).isEqualTo("shop.Second");
        jar("load.jar", "3.15.1");

        assertThat(problems(() -> repository.build("load.jar")))
                .satisfiesExactly(
                        says("/script/entry", "There are 2 simulations; say which: shop.Second, shop.ShopSimulation"));
    }

    @Test
    void jarOfAnotherGatlingIsRefusedWithBothNumbers() throws IOException {
        repository.with("shop/Steps.java", Repository.STEPS).with("shop/ShopSimulation.java", Repository.SIMULATION);
        repository.build("shop/ShopSimulation.java");
        jar("load.jar", "3.9.5");

        assertThat(problems(() -> repository.build("load.jar")))
                .satisfiesExactly(says(FILE, "load.jar is for Gatling 3.9.5, and this executor is Gatling 3.15.1"));
    }

    @ParameterizedTest
    @CsvSource({
        "<version>1</version><properties><gatling.version>3.13.5</gatling.version></properties>, ${gatling.version}, 3.13.5",
        "<version>3.9.0</version><properties><g>${project.version}</g></properties>, ${g}, 3.9.0",
        "<parent><version>3.14.2</version></parent>, ${project.version}, 3.14.2",
        "<version>1</version>, 4.0.0-M1, 4.0.0-M1",
    })
    void projectOfAnotherGatlingIsRefusedWithBothNumbersAndNotBuilt(String more, String version, String number)
            throws IOException {
        repository.with("load/pom.xml", """
                <project>%s<dependencies><dependency><groupId>io.gatling.highcharts</groupId>
                <artifactId>gatling-charts-highcharts</artifactId><version>%s</version></dependency></dependencies></project>
                """.formatted(more, version));

        assertThat(problems(() -> repository.build("load/pom.xml", null, null)))
                .satisfiesExactly(says(
                        FILE, "load/pom.xml is for Gatling %s, and this executor is Gatling 3.15.1".formatted(number)));
    }

    @Test
    void whatIsNoCodeOfGatlingIsNamed() throws IOException {
        repository
                .with("load/Shop.scala", "class Shop")
                .with("load/shop.jmx", "<jmeterTestPlan/>")
                .with("load/broken.jar", "no jar")
                .with("shop/Steps.java", Repository.STEPS);

        assertThat(problems(() -> repository.build("load/Shop.scala")))
                .satisfiesExactly(says(FILE, "load/Shop.scala needs a pom.xml in its folder or above it"));
        assertThat(problems(() -> repository.build("load/shop.jmx")))
                .satisfiesExactly(says(FILE, "load/shop.jmx is nothing that Gatling can run"));
        assertThat(problems(() -> repository.build("load/broken.jar")))
                .satisfiesExactly(says(FILE, "load/broken.jar is not a jar that can be read"));
        assertThat(problems(() -> repository.build("shop/Steps.java")))
                .satisfiesExactly(says(FILE, "There is no simulation in shop/Steps.java"));
    }

    @Test
    void mavenProjectIsRefusedWhereNoMirrorIsForBuilds() throws IOException {
        repository.with("pom.xml", "<project/>");

        assertThat(problems(() -> repository.build("pom.xml", null, null)))
                .satisfiesExactly(says(FILE, "the artifact mirror asks for a password, which no build may see"));
    }

    /** The classes that were built last, packaged as Gatling's plug-ins package them. */
    private void jar(String name, String gatling) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Gatling-Version", gatling);
        try (var classes = new JarFile(repository.jar().toFile());
                OutputStream file = Files.newOutputStream(repository.folder().resolve(name));
                var jar = new JarOutputStream(file, manifest)) {
            for (var entry : classes.stream().toList()) {
                jar.putNextEntry(entry);
                classes.getInputStream(entry).transferTo(jar);
            }
        }
    }

    private URLClassLoader loader(Built built) throws IOException {
        var places = new ArrayList<URL>();
        for (Path path : built.paths(repository.folder())) {
            places.add(path.toUri().toURL());
        }
        return new URLClassLoader(places.toArray(URL[]::new));
    }
}
