package dev.loadstar.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Every failure is a sentence with what to do next. */
class FailureTests extends CommandLineTests {

    @Test
    void problemOfTheServerIsOneReadableBlock() {
        server.on("POST " + RUNS, 422, """
                {"type": "urn:loadstar:error:git-not-allowed", "title": "This kind of repository address is not allowed here",
                 "status": 422, "detail": "file: addresses are off", "code": "git-not-allowed", "kind": "USER"}""");

        assertThat(loadstar("run", "--git", "file:///srv/x")).isEqualTo(2);

        assertThat(stderr()).endsWith("""
                loadstar: This kind of repository address is not allowed here
                  file: addresses are off
                  A server of your own reads local repositories when started with ./loadstar up --allow-local-git.
                """);
    }

    @Test
    void answerThatIsNoProblemDocumentSaysSo() {
        server.on("GET " + RUN, 502, "<html>Bad gateway</html>");

        assertThat(loadstar("show", "42")).isEqualTo(1);

        assertThat(stderr()).contains("the server answered with status 502");
    }

    @Test
    void unreachableServerIsNamed() {
        server.close();

        assertThat(loadstar("run", folder.toString())).isEqualTo(1);

        assertThat(stderr()).contains("no Loadstar server answers at " + server.url());
    }

    @Test
    void commandThatAnOlderServerDoesNotKnowSaysSo() {
        server.on("GET " + RUN, 200, Samples.run().toString()).on("GET " + RUN + "/worker/log", 404, """
                {"title": "There is no such thing", "code": "not-found", "kind": "user",
                 "detail": "No static resource api/v1/projects/default/runs/42/worker/log."}""");

        assertThat(loadstar("logs", "42", "--worker")).isEqualTo(2);

        assertThat(stderr()).contains("is older than this command line and does not know this command: update it.");
    }

    @Test
    void wrongUsageIsRefusedWithAHint() {
        assertThat(loadstar("run")).isEqualTo(2);
        assertThat(loadstar("run", folder.toString(), "--git", "x")).isEqualTo(2);
        assertThat(loadstar("run", folder.toString(), "--ref", "main")).isEqualTo(2);
        assertThat(loadstar("show", "latest")).isEqualTo(2);
        assertThat(loadstar("run", folder.toString(), "--wait-max", "90")).isEqualTo(2);
        assertThat(loadstar("show")).isEqualTo(2);
        assertThat(loadstar("runs", "--project", "../x")).isEqualTo(2);

        assertThat(stderr())
                .contains("./loadstar help show shows how it is used.", "\"90\" is not a duration such as 500ms, 90s");
        assertThat(server.calls()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "wach, there is no command wach; did you mean watch?",
        "valdiate, there is no command valdiate; did you mean validate?",
        "stpo, there is no command stpo; did you mean stop?",
        "xyzzy, there is no command xyzzy",
        "run --lable x, there is no option --lable; did you mean --label?",
        "show 1 2, 2 is one argument too many",
        "help rnu, there is no command rnu; did you mean run?",
    })
    void typingErrorIsAnsweredWithWhatMayHaveBeenMeant(String line, String answer) {
        assertThat(loadstar(line.split(" "))).isEqualTo(2);

        assertThat(stderr()).startsWith("loadstar: " + answer + "\n");
    }

    @Test
    void somethingElseAtTheAddressIsNotTakenForAServer() {
        server.on("GET /healthz", 200, "<html>It works!</html>");
        environment.put("LOADSTAR_TOKEN", "mine");

        assertThat(loadstar("show", "42")).isEqualTo(1);

        assertThat(stderr()).contains(server.url() + " is not a Loadstar server");
        assertThat(server.call("GET /healthz").authorization()).isEqualTo("null");
    }

    @Test
    void serverThatIsNotReadySaysWhy() {
        server.on("GET /healthz", 503, "{\"status\": \"down\", \"detail\": \"Kafka does not answer\"}");

        assertThat(loadstar("show", "42")).isEqualTo(1);

        assertThat(stderr()).contains("cannot take runs now: Kafka does not answer");
    }

    @Test
    void wrongOverrideIsNamed() {
        String place = folder.toString();
        assertThat(loadstar("run", place, "--label", "build")).isEqualTo(2);
        assertThat(loadstar("run", place, "--var", "A=1", "--var", "A=2")).isEqualTo(2);
        assertThat(loadstar("run", place, "--target", "shop.example.org")).isEqualTo(2);

        assertThat(stderr()).isEqualTo("""
                loadstar: --label wants a name and a value, not 'build'
                  Such as --label build=417.
                loadstar: --var A is given twice
                  Leave one away.
                loadstar: 'shop.example.org' is not the base URL of a target
                  It begins with http:// or https://, such as https://shop.staging.example.org.
                """);
        assertThat(server.calls()).isEmpty();
    }
}
