package dev.loadstar.server;

import java.net.ConnectException;
import java.nio.file.Path;
import java.sql.SQLException;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanCreationException;

import static org.assertj.core.api.Assertions.assertThat;

class StartFailureTests {

    @Test
    void causeThatWasMeantForPeopleIsFoundUnderneath() {
        var failure = new BeanCreationException(
                "dataSource",
                "no",
                new LoadstarException(ErrorCode.INTERNAL_ERROR, "PostgreSQL does not start: no space"));

        assertThat(StartFailure.of(failure).block(Path.of("/data/server.log")))
                .startsWith("Loadstar did not start: PostgreSQL does not start: no space")
                .contains("Log: /data/server.log")
                .doesNotContain("at dev.loadstar");
    }

    @Test
    void databaseThatDoesNotAnswerIsNamedWithItsSetting() {
        var failure = new BeanCreationException(
                "flyway", "no", new SQLException("Connection to db:5432 refused", new ConnectException("refused")));

        assertThat(StartFailure.of(failure).block(null))
                .contains("Connection to db:5432 refused")
                .contains("spring.datasource.url");
    }

    @Test
    void anythingElseIsToldByItsInnermostSentence() {
        var failure = new IllegalStateException("outer", new IllegalArgumentException("the inner reason"));

        assertThat(StartFailure.of(failure)).hasMessage("the inner reason (IllegalArgumentException)");
    }
}
