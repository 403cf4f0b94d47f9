package dev.loadstar.cli;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class KeepTests extends CommandLineTests {

    private static final String PROJECT = "/api/v1/projects/payments";

    @Test
    void daysAreSetForTheProject() {
        server.on("PATCH " + PROJECT, 200, "{\"key\": \"payments\", \"name\": \"Payments\", \"keepDays\": 30}");

        assertThat(loadstar("keep", "30", "--project", "payments")).isZero();

        assertThat(server.call("PATCH").body()).isEqualTo("{\"keepDays\": 30}");
        assertThat(stdout()).isEqualTo("finished runs of project payments are kept for 30 days\n");
    }

    @Test
    void serversOwnSettingComesBackWithDefault() {
        server.on("PATCH " + PROJECT, 200, "{\"key\": \"payments\", \"name\": \"Payments\"}");

        assertThat(loadstar("keep", "default", "--project", "payments")).isZero();

        assertThat(server.call("PATCH").body()).isEqualTo("{\"keepDays\": null}");
        assertThat(stdout()).contains("loadstar.runs.keep");
    }

    @Test
    void withoutDaysItOnlyTells() {
        server.on("GET " + PROJECT, 200, "{\"key\": \"payments\", \"name\": \"Payments\", \"keepDays\": 7}");

        assertThat(loadstar("keep", "--project", "payments")).isZero();

        assertThat(stdout()).contains("7 days");
    }

    @Test
    void whatIsNoNumberOfDaysIsRefused() {
        assertThat(loadstar("keep", "soon")).isEqualTo(2);

        assertThat(stderr()).contains("'soon' is no number of days");
        assertThat(server.calls()).isEmpty();
    }
}
