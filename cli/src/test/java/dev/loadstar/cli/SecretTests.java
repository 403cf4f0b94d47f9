package dev.loadstar.cli;

import java.io.ByteArrayInputStream;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SecretTests extends CommandLineTests {

    private static final String SECRETS = "/api/v1/projects/default/secrets";

    @Test
    void valueComesFromStdinWithoutTheEndOfItsLine() throws Exception {
        server.on("PUT " + SECRETS + "/checkout-token", 204, "");

        set("s3cret \n", "checkout-token");

        var call = server.call("PUT");
        assertThat(call.body()).isEqualTo("s3cret ");
        assertThat(call.type()).startsWith("text/plain");
        assertThat(stdout()).isEqualTo("secret checkout-token of project default is set\n");
    }

    @Test
    void emptyValueAndWrongNameAreRefused() {
        assertThatExceptionOfType(CliError.class)
                .isThrownBy(() -> set("\n", "checkout-token"))
                .withMessage("the value is empty");
        assertThatExceptionOfType(CliError.class).isThrownBy(() -> set("x", "../x"));

        assertThat(server.calls()).noneMatch(call -> call.line().startsWith("PUT"));
    }

    @Test
    void valueAsAnArgumentIsRefusedWithoutRepeatingIt() {
        assertThat(loadstar("secret", "set", "checkout-token", "s3cret")).isEqualTo(2);

        assertThat(stderr()).contains("a value is never an argument").doesNotContain("s3cret");
        assertThat(server.calls()).isEmpty();
    }

    @Test
    void namesAreListed() {
        server.on("GET " + SECRETS, 200, """
                {"secrets": [{"name": "checkout-token", "changed": "2026-11-20T10:00:00Z", "changedBy": "anna"}]}""");

        assertThat(loadstar("secret", "list")).isZero();

        assertThat(stdout())
                .containsPattern(
                        "secret           changed            by\ncheckout-token   2026-11-\\d\\d \\d\\d:\\d\\d   anna\n");
    }

    @Test
    void secretIsRemovedByItsName() {
        server.on("DELETE " + SECRETS + "/checkout-token", 204, "");

        assertThat(loadstar("secret", "remove", "checkout-token")).isZero();

        assertThat(server.call("DELETE").line()).isEqualTo("DELETE " + SECRETS + "/checkout-token");
    }

    @Test
    void whatToDoWithSecretsMustBeSaid() {
        assertThat(loadstar("secret")).isEqualTo(2);
        assertThat(loadstar("secret", "rm", "x")).isEqualTo(2);

        assertThat(stderr()).contains("say what to do: set, list or remove", "./loadstar help secret shows how");
    }

    private void set(String piped, String... arguments) throws Exception {
        var command = new SecretSetCommand(
                screen(Look.plain()), new ServerChoice(environment), new ByteArrayInputStream(Samples.bytes(piped)));
        new CommandLine(command).parseArgs(arguments);
        command.call();
    }
}
