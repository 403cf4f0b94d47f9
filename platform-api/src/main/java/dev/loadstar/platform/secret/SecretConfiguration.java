package dev.loadstar.platform.secret;

import java.time.Clock;

import dev.loadstar.platform.project.Projects;
import dev.loadstar.platform.settings.PlatformSettings;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;

/** Secrets, put together. */
@Configuration(proxyBeanMethods = false)
@EntityScan(basePackageClasses = SecretRow.class)
@EnableJpaRepositories(basePackageClasses = SecretRow.class)
public class SecretConfiguration {

    @Bean
    ProjectSecrets projectSecrets(
            Projects projects, SecretRows rows, PlatformSettings platform, ObjectProvider<Clock> clock) {
        var sealing = new Sealing(platform.masterKeyBytes());
        return new ProjectSecrets(projects, rows, sealing, clock.getIfAvailable(Clock::systemUTC));
    }
}
