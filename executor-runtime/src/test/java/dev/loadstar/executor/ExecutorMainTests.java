package dev.loadstar.executor;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.plan.Inspection;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.executor.tool.LoadTool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ExecutorMainTests {

    @TempDir
    private Path folder;

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    /** The tool is found as in a program: by a service file on the class path. */
    @BeforeEach
    void offerTool() throws Exception {
        Path services = Files.createDirectories(folder.resolve("classes/META-INF/services"));
        Files.writeString(services.resolve(LoadTool.class.getName()), HttpListTool.class.getName());
        var classes = new URL[] {folder.resolve("classes").toUri().toURL()};
        Thread.currentThread().setContextClassLoader(new URLClassLoader(classes, before));
    }

    @AfterEach
    void withdrawTool() {
        Thread.currentThread().setContextClassLoader(before);
    }

    @Test
    void inspectWritesWhatTheToolFound() throws Exception {
        Files.writeString(folder.resolve("good.txt"), "ok http://127.0.0.1/ok");

        assertThat(inspect("good.txt")).isZero();
        assertThat(found().problems()).isEmpty();
        assertThat(found().labels()).containsExactly("ok");
    }

    @Test
    void inspectOfABrokenScriptWritesItsProblems() throws Exception {
        Files.writeString(folder.resolve("broken.txt"), "nothing");

        assertThat(inspect("broken.txt")).isZero();
        assertThat(found().problems()).hasSize(1);
        assertThat(found().problems().getFirst().code()).isEqualTo("script-invalid");
    }

    @Test
    void inspectThatBreaksDownWritesNothingAndFails() {
        assertThat(inspect("missing.txt")).isEqualTo(1);
        assertThat(folder.resolve("out.json")).doesNotExist();
    }

    @Test
    void rehearsalGetsAsFarAsARunWithoutWorkerAndBroker() throws Exception {
        Files.writeString(folder.resolve("good.txt"), "ok http://127.0.0.1/ok");

        assertThat(run("--rehearse", "--workspace", folder.toString(), "--script", "good.txt"))
                .isZero();
        assertThat(folder.resolve("spool")).isDirectory();
    }

    @Test
    void argumentsThatMakeNoSenseAreRefused() {
        assertThat(run("--worker", "nowhere", "--run", "r", "--executor", "1")).isEqualTo(64);
        assertThat(run("--inspect", "--workspace")).isEqualTo(64);
        assertThat(run("--inspect", "--workspace", "w")).isEqualTo(64);
        assertThat(run("hello")).isEqualTo(64);
        assertThat(run()).isEqualTo(64);
    }

    @Test
    void withoutAKeyNothingIsExecuted() {
        assertThat(run("--worker", "127.0.0.1:1", "--run", "r", "--executor", "1"))
                .isEqualTo(64);
    }

    @Test
    void toolDescribesItself() {
        assertThat(run("--describe")).isZero();
    }

    private int inspect(String file) {
        var load = new Load.Closed(
                1,
                List.of(new Load.Stage("hold", Duration.ofSeconds(1), 1, Load.Shape.HOLD, true)),
                Duration.ofSeconds(1));
        var scenario = new ScenarioPlan(
                "shop", "http-list", Duration.ZERO, new ScenarioPlan.Script(file, Map.of()), load, List.of());
        try {
            Files.writeString(folder.resolve("scenario.json"), Json.write(scenario));
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
        return run(
                "--inspect",
                "--workspace",
                folder.toString(),
                "--scenario",
                folder.resolve("scenario.json").toString(),
                "--out",
                folder.resolve("out.json").toString());
    }

    private int run(String... args) {
        return ExecutorMain.run(List.of(args), Map.of(), folder, new SuddenEnd());
    }

    private Inspection found() throws Exception {
        return Json.read(Files.readString(folder.resolve("out.json")), Inspection.class);
    }
}
