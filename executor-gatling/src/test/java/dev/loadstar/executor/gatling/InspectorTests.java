package dev.loadstar.executor.gatling;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.loadstar.contract.plan.Inspection;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

class InspectorTests {

    private static final Load HOLD = Trial.hold(1, Duration.ofSeconds(1));

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    Path folder;

    @Test
    void labelsOfAllBranchesAreKnownWithTheirGroupsAndHostsAndPopulations() throws IOException {
        Inspection found = inspect(SimulationText.write(folder, """
                        { setUp(
                            scenario("shop")
                              .exec(http("home").get("/"))
                              .group("buy").on(
                                repeat(2).on(exec(http("add").post("/cart"))),
                                doIf(session -> true).then(exec(http("pay").post("/pay"))).exec(http("bye").get("/bye")))
                              .randomSwitch().on(percent(50).then(exec(http("left").get("/l"))), percent(50).then(exec(http("right").get("/r"))))
                              .exec(http("of #{user}").get("/u"))
                              .injectOpen(rampUsers(20).during(10)),
                            scenario("idle").exec(http("wait").get("http://other.example.org/w")).injectClosed(constantConcurrentUsers(3).during(5)))
                          .protocols(http.baseUrls("http://shop.example.org", System.getProperty("loadstar.baseUrl"))); }
                        """), HOLD);

        assertThat(found.problems()).isEmpty();
        assertThat(found.labels())
                .containsExactlyInAnyOrder("home", "buy / add", "buy / pay", "buy / bye", "left", "right", "wait");
        assertThat(found.hosts()).containsExactly("other.example.org", "shop.example.org");
        assertThat(found.groups())
                .extracting(Inspection.Group::name, Inspection.Group::type, Inspection.Group::users)
                .containsExactly(tuple("shop", "open", 20), tuple("idle", "closed", 3));
    }

    @Test
    void compileErrorsComeAllAtOnceWithFileAndLine() throws IOException {
        Path sources = Files.createDirectories(folder.resolve("src/test/java/org/example"));
        Files.writeString(sources.resolve("Broken.java"), """
                package org.example;

                import io.gatling.javaapi.core.*;

                public class Broken extends Simulation {
                    int one = "text";
                    int two = Other.NOTHING;
                }
                """);
        Files.writeString(sources.resolve("Other.java"), "package org.example;\nclass Other {}\n");

        List<Problem> problems =
                inspect("src/test/java/org/example/Broken.java", HOLD).problems();

        assertThat(problems).hasSize(2).allSatisfy(problem -> {
            assertThat(problem.pointer()).isEqualTo("/script/file");
            assertThat(problem.code()).isEqualTo("script-invalid");
        });
        assertThat(problems.get(0).message()).startsWith("src/test/java/org/example/Broken.java, line 6: ");
        assertThat(problems.get(1).message()).startsWith("src/test/java/org/example/Broken.java, line 7: ");
    }

    @Test
    void partsOfGatlingThatNeedALicenceAreNamed() throws IOException {
        Files.writeString(
                folder.resolve("Calls.java"),
                "import io.gatling.javaapi.grpc.*;\nclass Calls extends io.gatling.javaapi.core.Simulation {}\n");

        assertThat(inspect("Calls.java", HOLD).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.hint()).contains("grpc", "licence"));
    }

    @Test
    void whatIsNoSimulationIsRefusedByName() throws IOException {
        Files.writeString(folder.resolve("Plain.java"), "public class Plain {}\n");
        Files.writeString(folder.resolve("notes.txt"), "nothing\n");
        String fails = SimulationText.write(
                folder, "{ setUp(scenario(\"s\").feed(csv(\"missing.csv\")).injectOpen(atOnceUsers(1))); }");
        String empty = SimulationText.write(folder, "");

        assertThat(message(inspect("Plain.java", HOLD))).contains("There is no simulation in Plain.java");
        assertThat(message(inspect("notes.txt", HOLD))).contains("notes.txt is nothing that Gatling can run");
        assertThat(message(inspect("absent.java", HOLD))).contains("There is no file absent.java");
        assertThat(message(inspect("../outside.java", HOLD))).contains("leads out of the repository");
        assertThat(message(inspect(fails, HOLD))).contains("missing.csv");
        assertThat(message(inspect(empty, HOLD))).contains("setUp");
    }

    @Test
    void entryIsTheClassThatRuns() throws IOException {
        Files.writeString(folder.resolve("Two.java"), """
                import static io.gatling.javaapi.core.CoreDsl.*;
                import static io.gatling.javaapi.http.HttpDsl.*;

                public class Two {
                    public static class First extends io.gatling.javaapi.core.Simulation {
                        { setUp(scenario("first").exec(http("first").get("/")).injectOpen(atOnceUsers(1))); }
                    }
                }
                """);

        assertThat(inspect("Two.java", "Two$First", HOLD).labels()).containsExactly("first");
        assertThat(inspect("Two.java", "Two$Second", HOLD).problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.pointer()).isEqualTo("/script/entry");
                    assertThat(problem.message()).isEqualTo("There is no simulation Two$Second; there is: Two$First");
                });
    }

    @Test
    void whatThePlatformDecidesInPlaceOfTheSimulationIsSaid() throws IOException {
        String file = SimulationText.write(folder, """
                { setUp(scenario("s").exec(http("one").get("/")).injectOpen(atOnceUsers(1)))
                    .throttle(reachRps(10).in(5), holdFor(5))
                    .maxDuration(60)
                    .assertions(global().failedRequests().count().is(0L)); }
                """);

        assertThat(inspect(file, HOLD).warnings())
                .hasSize(3)
                .anyMatch(warning -> warning.contains("assertions"))
                .anyMatch(warning -> warning.contains("throttling"))
                .anyMatch(warning -> warning.contains("maximum duration"));
        assertThat(inspect(file, new Load.FromScript(Duration.ofSeconds(1))).warnings())
                .singleElement()
                .asString()
                .contains("assertions");
    }

    private static String message(Inspection inspection) {
        assertThat(inspection.problems()).hasSize(1);
        return inspection.problems().getFirst().message();
    }

    private Inspection inspect(String file, Load load) {
        return inspect(file, null, load);
    }

    private Inspection inspect(String file, @Nullable String entry, Load load) {
        var script = new ScenarioPlan.Script(file, entry, Map.of());
        return new GatlingTool()
                .inspect(folder, new ScenarioPlan("s", "gatling", Duration.ZERO, script, load, List.of()));
    }
}
