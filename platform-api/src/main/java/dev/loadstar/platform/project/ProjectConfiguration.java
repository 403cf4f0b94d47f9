package dev.loadstar.platform.project;

import java.time.Clock;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Projects, put together. */
@Configuration(proxyBeanMethods = false)
@EntityScan(basePackageClasses = ProjectRow.class)
@EnableJpaRepositories(basePackageClasses = ProjectRow.class)
public class ProjectConfiguration {

    @Bean
    Projects projects(ProjectRows rows, PlatformTransactionManager transactions, ObjectProvider<Clock> clock) {
        return new Projects(rows, new TransactionTemplate(transactions), clock.getIfAvailable(Clock::systemUTC));
    }
}
