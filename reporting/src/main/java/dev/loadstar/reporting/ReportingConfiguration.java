package dev.loadstar.reporting;

import java.time.Clock;
import java.util.HexFormat;

import javax.sql.DataSource;

import dev.loadstar.reporting.prometheus.Prometheus;
import dev.loadstar.reporting.prometheus.PrometheusProperties;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;

/**
 * Reporting as one list: the server that has this role imports it. It needs a {@link DataSource}, Boot's Kafka
 * auto-configuration and the property {@code loadstar.master-key} (hex), from which the runs' keys are derived.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ReportingProperties.class, PrometheusProperties.class})
public class ReportingConfiguration {

    @Bean
    ReportingSchema reportingSchema(DataSource database) {
        return new ReportingSchema(database);
    }

    @Bean
    Transactions reportingTransactions(DataSource database) {
        return new Transactions(database);
    }

    @Bean
    Announcements reportingAnnouncements(ReportingKafka kafka, Transactions transactions) {
        return new Announcements(kafka.template(), transactions, Clock.systemUTC());
    }

    @Bean
    TimelineTable timelineTable(Transactions transactions, ReportingProperties settings) {
        return new TimelineTable(transactions, settings.keepSeconds());
    }

    @Bean
    Tidying tidying(
            ReportingSchema schema, TimelineTable timeline, Transactions transactions, ReportingProperties settings) {
        return new Tidying(transactions, timeline, settings.keepSeconds(), Clock.systemUTC()).begin();
    }

    @Bean
    Merger merger(
            ReportingSchema schema,
            TimelineTable timeline,
            Transactions transactions,
            @Value("${loadstar.master-key}") String masterKey,
            ReportingProperties settings,
            Announcements announcements,
            TargetMetrics target,
            ObjectProvider<MeterRegistry> meters) {
        var clock = Clock.systemUTC();
        var parts = new Merger.Parts(
                transactions,
                timeline,
                new SignedRecords(HexFormat.of().parseHex(masterKey.strip())),
                new MergeMetrics(meters.getIfAvailable(SimpleMeterRegistry::new)),
                clock);
        return new Merger(parts, new RunClosing(settings.grace(), target, clock), announcements);
    }

    @Bean
    Heartbeat reportingHeartbeat(
            Merger merger, Transactions transactions, Announcements announcements, TargetMetrics target) {
        return new Heartbeat(merger, new AbortRules(merger, transactions, announcements), target);
    }

    @Bean
    Prometheus prometheus(PrometheusProperties settings) {
        return new Prometheus(settings);
    }

    @Bean
    TargetMetrics targetMetrics(Prometheus prometheus, Transactions transactions) {
        return new TargetMetrics(prometheus, transactions, Clock.systemUTC());
    }

    @Bean
    PointsListener pointsListener(Merger merger) {
        return new PointsListener(merger);
    }

    @Bean
    ReportingKafka reportingKafka(
            KafkaProperties properties, KafkaConnectionDetails connection, ReportingProperties settings) {
        return new ReportingKafka(properties, connection, settings);
    }

    @Bean(PointsListener.CONTAINERS)
    ConcurrentKafkaListenerContainerFactory<String, byte[]> pointsListenerContainerFactory(ReportingKafka kafka) {
        return kafka.containers();
    }
}
