package dev.loadstar.platform;

import dev.loadstar.platform.project.ProjectConfiguration;
import dev.loadstar.platform.rest.RestConfiguration;
import dev.loadstar.platform.run.RunConfiguration;
import dev.loadstar.platform.secret.SecretConfiguration;
import dev.loadstar.platform.security.SecurityConfiguration;
import dev.loadstar.platform.settings.AdminSettings;
import dev.loadstar.platform.settings.ArtifactMirrorSettings;
import dev.loadstar.platform.settings.GitSettings;
import dev.loadstar.platform.settings.PlatformSettings;
import dev.loadstar.platform.settings.PrometheusSettings;
import dev.loadstar.platform.settings.RunSettings;
import dev.loadstar.platform.settings.TargetSettings;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.PropertySource;

/** Everything of this module, for the server to import. It expects a data source and the address of a Kafka. */
@Configuration(proxyBeanMethods = false)
@PropertySource("classpath:dev/loadstar/platform/platform.properties")
@EnableConfigurationProperties({
    PlatformSettings.class,
    GitSettings.class,
    TargetSettings.class,
    ArtifactMirrorSettings.class,
    PrometheusSettings.class,
    RunSettings.class,
    AdminSettings.class
})
@Import({
    StoreConfiguration.class,
    ProjectConfiguration.class,
    SecretConfiguration.class,
    RunConfiguration.class,
    RestConfiguration.class,
    SecurityConfiguration.class
})
public class PlatformConfiguration {}
