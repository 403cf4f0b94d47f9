package dev.loadstar.cli;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LoadCommandTests extends CommandLineTests {

    private static final String CHANGE = "PATCH " + RUN + "/load";

    @Test
    void usersAreSetForOneScenario() {
        server.on(CHANGE, 202, Samples.status("RUNNING").toString());

        assertThat(loadstar("load", "42", "--users", "200", "--scenario", "buy"))
                .isZero();

        assertThat(server.call(CHANGE).body()).isEqualTo("{\"scenario\":\"buy\",\"users\":200}");
        assertThat(stdout()).startsWith("smoke #42 is to have 200 users");
    }

    @Test
    void rateKeepsItsUnit() {
        server.on(CHANGE, 202, Samples.status("RUNNING").toString());

        assertThat(loadstar("load", "42", "--rate", "600/m")).isZero();

        assertThat(server.call(CHANGE).body()).isEqualTo("{\"rate\":\"600/m\"}");
    }

    @Test
    void pauseAndResumeAreOneSwitch() {
        server.on(CHANGE, 202, Samples.status("RUNNING").toString());

        assertThat(loadstar("load", "42", "--pause")).isZero();
        assertThat(loadstar("load", "42", "--resume")).isZero();

        assertThat(server.calls().stream().filter(call -> call.line().startsWith(CHANGE)))
                .extracting(ScriptedServer.Call::body)
                .containsExactly("{\"paused\":true}", "{\"paused\":false}");
    }

    @Test
    void exactlyOneChangeIsAskedForAtATime() {
        assertThat(loadstar("load", "42")).isEqualTo(CliError.REFUSED);
        assertThat(loadstar("load", "42", "--users", "1", "--pause")).isEqualTo(CliError.REFUSED);

        assertThat(server.calls()).isEmpty();
    }

    @Test
    void whatThePlanDoesNotAllowIsSaid() {
        server.on(CHANGE, 409, """
                {"title":"The run makes no load at the moment","code":"not-running","kind":"user",\
                "detail":"Run 42 is finished: its load can be changed only while it runs"}""");

        assertThat(loadstar("load", "42", "--pause")).isNotZero();

        assertThat(stderr()).contains("Run 42 is finished");
    }
}
