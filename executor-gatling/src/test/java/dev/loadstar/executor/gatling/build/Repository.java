package dev.loadstar.executor.gatling.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.contract.problem.Problem;
import org.jspecify.annotations.Nullable;

/** A workspace as an inspection gets it, and what its code is built to. */
final class Repository {

    static final String VERSION = "3.15.1";

    static final String SIMULATION = """
            package shop;

            import static io.gatling.javaapi.core.CoreDsl.*;
            import static io.gatling.javaapi.http.HttpDsl.*;

            import io.gatling.javaapi.core.Simulation;

            public class ShopSimulation extends Simulation {
                {
                    setUp(scenario("shop").exec(Steps.home()).injectOpen(atOnceUsers(1)))
                            .protocols(http.baseUrl("http://127.0.0.1:1"));
                }
            }
            """;
    static final String STEPS = """
            package shop;

            import static io.gatling.javaapi.http.HttpDsl.http;

            import io.gatling.javaapi.core.ActionBuilder;

            final class Steps {
                static ActionBuilder home() {
                    return http("home").get("/");
                }
            }
            """;

    private final Path folder;
    private final Path scratch;

    Repository(Path temporary) throws IOException {
        this.folder = Files.createDirectories(temporary.resolve("workspace"));
        this.scratch = temporary.resolve("scratch");
    }

    Path folder() {
        return folder;
    }

    /** What was built last. */
    Path jar() {
        return Built.in(folder).paths(folder).getFirst();
    }

    Repository with(String file, String content) throws IOException {
        Path place = folder.resolve(file);
        Files.createDirectories(place.getParent());
        Files.writeString(place, content);
        return this;
    }

    Built build(String file) {
        return build(file, null);
    }

    /** With the Maven that comes with the executor, and what the machine's own Maven has fetched already. */
    Built build(String file, @Nullable String entry) {
        return build(file, entry, "https://repo.maven.apache.org/maven2");
    }

    Built build(String file, @Nullable String entry, @Nullable String mirror) {
        Path machine = Path.of(System.getProperty("loadstar.test.repository"));
        Path cache = scratch.resolve("fetched");
        try {
            Files.createDirectories(cache);
            if (Files.notExists(cache.resolve("maven"))) {
                Files.createSymbolicLink(cache.resolve("maven"), machine);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        var tools = new BuildTools(
                Path.of(System.getProperty("loadstar.test.maven")), mirror, cache, scratch.resolve("work"));
        return new CodeBuild(folder, new ScenarioPlan.Script(file, entry, Map.of()), VERSION, tools).run();
    }

    /** The problems of a build that fails. */
    static List<Problem> problems(Runnable build) {
        try {
            build.run();
        } catch (LoadstarException e) {
            return e.problems();
        }
        throw new AssertionError("it was built");
    }

    static Consumer<Problem> says(String pointer, String... parts) {
        return problem -> {
            org.assertj.core.api.Assertions.assertThat(problem.pointer()).isEqualTo(pointer);
            org.assertj.core.api.Assertions.assertThat(problem.message()).contains(parts);
        };
    }
}
