package dev.loadstar.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.loadstar.contract.json.Json;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class InitTests {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void whatIsProposedIsWrittenWhereNobodyCanBeAsked() throws Exception {
        init(null, folder.resolve("my tests").toString());

        assertThat(Files.readString(folder.resolve("my tests/loadstar.json"))).isEqualTo("""
                {
                  "$schema": "https://loadstar.dev/schema/loadstar-v1.json",
                  "version": "loadstar/v1",
                  "name": "my-tests",
                  "target": { "baseUrl": "http://127.0.0.1:8090" },
                  "scenarios": [
                    {
                      "name": "visit",
                      "tool": "jmeter",
                      "requests": [
                        { "name": "home", "method": "GET", "path": "/" }
                      ],
                      "load": { "users": 10, "rampUp": "5s", "duration": "1m" }
                    }
                  ],
                  "assertions": ["errors < 1%", "p95 < 500ms"]
                }
                """);
        assertThat(text()).contains("10 users for 1m at http://127.0.0.1:8090", "Next: ./loadstar plan");
    }

    @Test
    void answersAreAskedForUntilTheyAreGood() throws Exception {
        init("check out\ncheckout\nshop.example.org\nhttps://shop.example.org/start?x=1\n0\n25\n\n", folder.toString());

        var definition = definition();
        assertThat(definition.at("/name").asString()).isEqualTo("checkout");
        assertThat(definition.at("/target/baseUrl").asString()).isEqualTo("https://shop.example.org");
        assertThat(definition.at("/scenarios/0/requests/0/path").asString()).isEqualTo("/start");
        assertThat(definition.at("/scenarios/0/load/users").asInt()).isEqualTo(25);
        assertThat(definition.at("/scenarios/0/load/duration").asString()).isEqualTo("1m");
        assertThat(text())
                .contains("base URL     [http://127.0.0.1:8090] ")
                .contains("'check out' is not a name")
                .contains("'shop.example.org' is not the base URL of a target")
                .contains("'0' is not a number of users");
    }

    @Test
    void endOfInputWritesNothing() {
        assertThatExceptionOfType(CliError.class).isThrownBy(() -> init("checkout\n", folder.toString()));

        assertThat(folder.resolve("loadstar.json")).doesNotExist();
    }

    @Test
    void definitionThatIsThereIsKeptUnlessForced() throws Exception {
        Files.writeString(folder.resolve("loadstar.json"), "mine");

        assertThatExceptionOfType(CliError.class)
                .isThrownBy(() -> init(null, folder.toString()))
                .withMessageContaining("is there already");
        assertThat(Files.readString(folder.resolve("loadstar.json"))).isEqualTo("mine");

        init(null, folder.toString(), "--force");
        assertThat(definition().at("/version").asString()).isEqualTo("loadstar/v1");
    }

    @Test
    void jmeterPlanSuppliesUsersTimesAndHosts() throws Exception {
        Path plan = plan("""
                <TestPlan testname="x"><elementProp name="TestPlan.user_defined_variables"><collectionProp name="Arguments.arguments">
                  <elementProp name="host" elementType="Argument"><stringProp name="Argument.name">host</stringProp><stringProp name="Argument.value">${__P(host,shop.example.org)}</stringProp></elementProp>
                </collectionProp></elementProp></TestPlan>
                <hashTree>
                  <ThreadGroup enabled="false"><intProp name="ThreadGroup.num_threads">900</intProp></ThreadGroup>
                  <hashTree><HTTPSamplerProxy><stringProp name="HTTPSampler.domain">never.example.org</stringProp></HTTPSamplerProxy><hashTree/></hashTree>
                  <SetupThreadGroup><intProp name="ThreadGroup.num_threads">7</intProp></SetupThreadGroup><hashTree/>
                  <ThreadGroup><stringProp name="ThreadGroup.num_threads">${__P(users,30)}</stringProp><stringProp name="ThreadGroup.ramp_time">20</stringProp>
                    <boolProp name="ThreadGroup.scheduler">true</boolProp><stringProp name="ThreadGroup.duration">600</stringProp></ThreadGroup>
                  <hashTree>
                    <HTTPSamplerProxy><stringProp name="HTTPSampler.domain">${host}</stringProp><stringProp name="HTTPSampler.port">8443</stringProp><stringProp name="HTTPSampler.protocol">https</stringProp></HTTPSamplerProxy>
                    <hashTree/>
                    <HTTPSamplerProxy><stringProp name="HTTPSampler.domain"></stringProp><stringProp name="HTTPSampler.path">https://auth.example.org/login</stringProp></HTTPSamplerProxy>
                    <hashTree/>
                    <HTTPSamplerProxy><stringProp name="HTTPSampler.domain">${fromCsv}</stringProp></HTTPSamplerProxy>
                  </hashTree>
                  <kg.apc.jmeter.threads.SteppingThreadGroup><intProp name="ThreadGroup.num_threads">12</intProp></kg.apc.jmeter.threads.SteppingThreadGroup>
                  <hashTree/>
                </hashTree>
                """);

        init(null, folder.toString(), "--jmx", plan.toString());

        var definition = definition();
        assertThat(definition.at("/target").toString())
                .isEqualTo(
                        "{\"baseUrl\":\"https://shop.example.org:8443\",\"allowHosts\":[\"shop.example.org\",\"auth.example.org\"]}");
        assertThat(definition.at("/scenarios/0/script/file").asString()).isEqualTo("jmeter/plan.jmx");
        assertThat(definition.at("/scenarios/0/load").toString())
                .isEqualTo("{\"users\":42,\"rampUp\":\"20s\",\"duration\":\"10m\"}");
        assertThat(definition.at("/scenarios/0/requests").isMissingNode()).isTrue();
    }

    @Test
    void planWithADocumentTypeOrOfAnotherKindIsRefused() throws Exception {
        for (var text : List.of(
                "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><jmeterTestPlan><hashTree>&e;</hashTree></jmeterTestPlan>",
                "<project/>",
                "not XML",
                "<jmeterTestPlan>" + "<hashTree>".repeat(5000))) {
            Path plan = Files.writeString(folder.resolve("bad.jmx"), text);

            assertThatExceptionOfType(CliError.class)
                    .isThrownBy(() -> init(null, folder.toString(), "--jmx", plan.toString()))
                    .withMessageContaining("bad.jmx cannot be read: it ");
        }
    }

    @Test
    void planOutsideTheFolderIsRefused() throws Exception {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));

        assertThatExceptionOfType(CliError.class)
                .isThrownBy(() -> init(
                        null, elsewhere.toString(), "--jmx", plan("<TestPlan/>").toString()))
                .withMessageContaining("is not in the folder");
    }

    private Path plan(String tree) throws IOException {
        Files.createDirectories(folder.resolve("jmeter"));
        return Files.writeString(
                folder.resolve("jmeter/plan.jmx"),
                "<?xml version=\"1.0\"?><jmeterTestPlan version=\"1.2\"><hashTree>" + tree
                        + "</hashTree></jmeterTestPlan>");
    }

    /** @param answers what a person would type; null where there is none */
    private void init(@Nullable String answers, String... arguments) throws Exception {
        var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        var look = new Look(answers != null, false, false, false, Look.Size.USUAL, StandardCharsets.UTF_8);
        var typed = new ByteArrayInputStream(Samples.bytes(answers == null ? "" : answers));
        var command = new InitCommand(new Screen(stream, stream, look), typed);
        new CommandLine(command).parseArgs(arguments);
        command.call();
    }

    private JsonNode definition() throws IOException {
        return Json.mapper().readTree(Files.readString(folder.resolve("loadstar.json")));
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
