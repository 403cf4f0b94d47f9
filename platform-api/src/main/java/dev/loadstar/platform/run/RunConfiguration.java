package dev.loadstar.platform.run;

import java.time.Clock;
import java.util.function.LongSupplier;

import javax.sql.DataSource;

import dev.loadstar.contract.bundle.BlobStore;
import dev.loadstar.launcher.Launcher;
import dev.loadstar.launcher.ProcessLauncher;
import dev.loadstar.platform.live.TickListener;
import dev.loadstar.platform.live.Watchers;
import dev.loadstar.platform.project.Projects;
import dev.loadstar.platform.secret.ProjectSecrets;
import dev.loadstar.platform.settings.ArtifactMirrorSettings;
import dev.loadstar.platform.settings.GitSettings;
import dev.loadstar.platform.settings.PlatformSettings;
import dev.loadstar.platform.settings.PrometheusSettings;
import dev.loadstar.platform.settings.RunSettings;
import dev.loadstar.platform.settings.TargetSettings;
import dev.loadstar.results.RunResults;
import dev.loadstar.validator.Validator;
import dev.loadstar.validator.ValidatorSettings;
import dev.loadstar.validator.artifact.ArtifactSettings;
import jakarta.persistence.EntityManager;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Everything that has to do with runs, put together. */
@Configuration(proxyBeanMethods = false)
@EntityScan(basePackageClasses = RunRow.class)
@EnableJpaRepositories(basePackageClasses = RunRow.class)
public class RunConfiguration {

    private final PlatformSettings platform;
    private final RunSettings settings;
    private final String bootstrapServers;

    RunConfiguration(PlatformSettings platform, RunSettings settings, KafkaConnectionDetails kafka) {
        this.platform = platform;
        this.settings = settings;
        this.bootstrapServers = String.join(",", kafka.getBootstrapServers());
    }

    @Bean
    Watchers watchers() {
        return new Watchers();
    }

    @Bean
    TickListener tickListener(Watchers watchers) {
        return new TickListener(bootstrapServers, platform.instance(), watchers);
    }

    @Bean
    BlobStore blobStore() {
        return new BlobStore(platform.blobs());
    }

    @Bean
    Launcher launcher() {
        return new ProcessLauncher(platform.home(), platform.jobs());
    }

    @Bean
    Validating validating(
            GitSettings git,
            TargetSettings targets,
            ArtifactMirrorSettings artifacts,
            PrometheusSettings prometheus,
            Launcher launcher,
            BlobStore blobs) {
        var limits = ValidatorSettings.of(platform.data(), platform.home())
                .withLocalGit(git.allowLocal())
                .withHosts(targets.allow(), targets.deny())
                .withPrometheus(prometheus.names())
                .withArtifacts(ArtifactSettings.DEFAULT
                        .from(artifacts.mirror(), artifacts.user(), artifacts.password())
                        .withBuildsFrom(artifacts.buildMirror()));
        return new Validator(limits, launcher, blobs)::validate;
    }

    @Bean
    RunResults runResults(DataSource database) {
        return new RunResults(database);
    }

    @Bean
    RunLife runLife(
            PlatformTransactionManager transactions,
            Projects projects,
            RunRows runs,
            PlanRows plans,
            EntityManager entities,
            Watchers watchers,
            ObjectProvider<Clock> clock) {
        return new RunLife(
                new TransactionTemplate(transactions),
                new RunTables(projects, runs, plans, new RunSearch(entities)),
                watchers,
                clock.getIfAvailable(Clock::systemUTC));
    }

    @Bean
    RunEventListener runEventListener(RunLife life) {
        return new RunEventListener(bootstrapServers, platform.instance(), life);
    }

    @Bean
    RunRecords runRecords() {
        return new RunRecords(bootstrapServers);
    }

    @Bean
    WorkerJobs workerJobs(Launcher launcher, ProjectSecrets secrets) {
        return new WorkerJobs(launcher, platform, secrets, bootstrapServers);
    }

    @Bean
    Validations validations(
            RunLife life,
            Validating validating,
            ProjectSecrets secrets,
            BlobStore blobs,
            ObjectProvider<Sweeper> sweeper) {
        return new Validations(
                life,
                new Validations.Means(validating, secrets, blobs),
                settings.maxValidations(),
                () -> sweeper.getObject().nudge());
    }

    @Bean
    ClockSteps clockSteps(ObjectProvider<Clock> clock, ObjectProvider<LongSupplier> nanoClock) {
        return new ClockSteps(clock.getIfAvailable(Clock::systemUTC), nanoClock.getIfAvailable(() -> System::nanoTime));
    }

    @Bean
    Sweeper sweeper(
            RunLife life,
            ClockSteps steps,
            WorkerJobs workers,
            RunRecords records,
            RunEventListener events,
            Validations validations,
            FreeDisk disk) {
        var dispatcher = new Dispatcher(life, workers, settings.maxParallel(), disk);
        return new Sweeper(
                life,
                steps,
                new Sweeper.Duties(
                        validations,
                        new Deadlines(life, validations, workers, settings.stopPatience()),
                        new Supervision(life, workers, records, dispatcher, events),
                        dispatcher,
                        new Housekeeping(life, workers, settings.keptJobs()),
                        new Retention(life, workers, records, settings.keep())));
    }

    @Bean
    Stops stops(RunLife life, Validations validations, Sweeper sweeper) {
        return new Stops(life, validations, sweeper::nudge);
    }

    @Bean
    Drain drain(RunLife life, Sweeper sweeper, Stops stops) {
        return new Drain(life, sweeper, stops, settings.drain());
    }

    @Bean
    Runs runs(
            RunLife life,
            RunResults results,
            BlobStore blobs,
            Watchers watchers,
            WorkerJobs workers,
            StoredRuns.Doers doers) {
        return new StoredRuns(life, new RunDocuments(results), blobs, watchers, workers, doers);
    }

    @Bean
    Comparisons comparisons(RunLife life, RunResults results) {
        return new Comparisons(life, results);
    }

    @Bean
    FreeDisk freeDisk() {
        return new FreeDisk(platform.data(), settings.minFreeDisk());
    }

    @Bean
    StoredRuns.Doers doers(
            RunLife life, Validations validations, Stops stops, Sweeper sweeper, Drain drain, FreeDisk disk) {
        return new StoredRuns.Doers(
                validations, stops, settings.stopPatience(), new LoadChanges(life, sweeper::nudge), drain, disk);
    }
}
