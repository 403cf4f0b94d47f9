package dev.loadstar.platform.rest;

import javax.sql.DataSource;

import dev.loadstar.contract.json.Json;
import dev.loadstar.platform.live.Watchers;
import dev.loadstar.platform.run.Runs;
import dev.loadstar.platform.settings.PlatformSettings;
import dev.loadstar.platform.settings.RunSettings;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.json.JsonMapper;

/** The REST interface, put together. */
@Configuration(proxyBeanMethods = false)
@Import({
    ProjectsController.class,
    SecretsController.class,
    RunsController.class,
    MeasuredController.class,
    ExportsController.class,
    ComparisonController.class,
    OpenController.class
})
public class RestConfiguration {

    /** Documents read the same from REST as from everywhere else. */
    @Bean
    JsonMapper jsonMapper() {
        return Json.mapper();
    }

    @Bean
    ProblemResolver problemResolver() {
        return new ProblemResolver();
    }

    @Bean(initMethod = "clear")
    Uploads uploads(PlatformSettings platform, RunSettings runs) {
        return new Uploads(platform.data().resolve("uploads"), runs.maxUpload().toBytes());
    }

    @Bean
    LiveStreams liveStreams(Runs runs, Watchers watchers) {
        return new LiveStreams(runs, watchers);
    }

    @Bean
    Readiness readiness(Runs runs, DataSource database, KafkaConnectionDetails kafka) {
        return new Readiness(runs, database, String.join(",", kafka.getBootstrapServers()));
    }
}
