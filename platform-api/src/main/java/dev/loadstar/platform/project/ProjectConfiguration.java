package dev.loadstar.platform.project;

import java.time.Clock;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;

/** Projects, put together. */
@Configuration(proxyBeanMethods = false)
@EntityScan(basePackageClasses = ProjectRow.class)
@EnableJpaRepositories(basePackageClasses = ProjectRow.class)
public class ProjectConfiguration {

    @Bean
    Projects projects(ProjectRows rows, ObjectProvider<Clock> clock) {
        return new Projects(rows, clock.getIfAvailable(Clock::systemUTC));
    }
}
