package dev.loadstar.reporting;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.loadstar.contract.run.RunDocument.Ledger;
import dev.loadstar.contract.wire.Topics;
import dev.loadstar.results.RunResults;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Two processes that report share the partitions, and with them the runs. */
class ScaleOutTests {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Installation installation = Installation.shared();
    private final RunResults results = new RunResults(installation.database());

    @Test
    void runsOfAProcessThatDiesAreTheOthersWithinTenSecondsAndNothingIsDoubled() throws Exception {
        var doomed = installation.startReportingProcess("doomed");
        try (var survivor = installation.startReporting("loadstar.reporting.instance=survivor");
                var stream = new TestStream(installation.bootstrap())) {
            var runs = oneRunInEachPartition();
            var owned = awaitBothOwn();
            for (var run : runs) {
                stream.send(run, List.of(run.opened()));
                stream.send(run, run.points(0, 5));
            }
            awaitMerged(runs, PATIENCE);
            var orphans =
                    runs.stream().filter(run -> owned.contains(run.partition())).toList();

            doomed.destroyForcibly();
            for (var run : runs) {
                stream.send(run, run.points(5, SimulatedRun.SECONDS));
            }

            assertThat(orphans).hasSizeBetween(1, Installation.PARTITIONS - 1);
            awaitMerged(orphans, Duration.ofSeconds(10));
            for (var run : runs) {
                stream.send(run, run.ends());
            }
            await().atMost(PATIENCE).until(() -> reported(runs) == runs.size());
            for (var run : runs) {
                var result = results.find(run.id).orElseThrow();
                assertThat(result.ledger()).isEqualTo(new Ledger(run.requests, run.requests, 0, 0));
                assertThat(requireNonNull(result.summary()).requests()).isEqualTo(run.requests);
            }
            assertThat(survivor.isActive()).isTrue();
        } finally {
            doomed.destroyForcibly().waitFor();
        }
    }

    private static List<SimulatedRun> oneRunInEachPartition() {
        return IntStream.range(0, Installation.PARTITIONS)
                .mapToObj(SimulatedRun::inPartition)
                .toList();
    }

    /** Waits until all partitions belong to one of the two, and answers those of the one that will die. */
    private Set<Integer> awaitBothOwn() {
        try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", installation.bootstrap()))) {
            return await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> Shares.of(admin), Shares::areComplete)
                    .doomed();
        }
    }

    /** Partitions of each of the two. */
    private record Shares(Set<Integer> doomed, Set<Integer> survivor) {

        static Shares of(Admin admin) throws InterruptedException, ExecutionException {
            var group = admin.describeConsumerGroups(List.of("reporting"))
                    .describedGroups()
                    .get("reporting");
            var members = requireNonNull(group).get().members();
            return new Shares(partitions(members, "doomed"), partitions(members, "survivor"));
        }

        private static Set<Integer> partitions(Collection<MemberDescription> members, String instance) {
            return members.stream()
                    // Each consumer of a process has a number behind its name.
                    .filter(member -> member.groupInstanceId().orElse("").startsWith(instance))
                    .flatMap(member -> member.assignment().topicPartitions().stream())
                    .filter(partition -> partition.topic().equals(Topics.POINTS))
                    .map(TopicPartition::partition)
                    .collect(Collectors.toSet());
        }

        boolean areComplete() {
            return !doomed.isEmpty()
                    && !survivor.isEmpty()
                    && doomed.size() + survivor.size() == Installation.PARTITIONS;
        }
    }

    private void awaitMerged(Collection<SimulatedRun> runs, Duration atMost) {
        await().atMost(atMost)
                .untilAsserted(() -> assertThat(runs)
                        .allSatisfy(run -> assertThat(merged(run)).isEqualTo(run.requests)));
    }

    private long merged(SimulatedRun run) {
        return results.find(run.id)
                .map(result -> requireNonNull(result.summary()).requests())
                .orElse(0L);
    }

    private long reported(List<SimulatedRun> runs) throws SQLException {
        try (var connection = installation.database().getConnection();
                var statement =
                        connection.prepareStatement("select count(*) from reporting.result where run_id = any (?)")) {
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "text", runs.stream().map(run -> run.id).toArray()));
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
