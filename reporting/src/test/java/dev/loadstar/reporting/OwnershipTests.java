package dev.loadstar.reporting;

import java.sql.SQLException;
import java.util.List;

import dev.loadstar.contract.run.RunDocument.Ledger;
import dev.loadstar.contract.wire.PointsRecord;
import dev.loadstar.results.RunResults;
import dev.loadstar.results.TimelinePoint;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Two processes that both believe to own a partition, and a database that does not keep what it is given. */
class OwnershipTests {

    private static final int PARTITION = 1_000;

    private final Installation installation = Installation.shared();
    private final RunResults results = new RunResults(installation.database());
    private final SimulatedRun run = new SimulatedRun();
    private final TestPartition partition = new TestPartition(PARTITION);

    @Test
    void ownerThatWasOvertakenWritesNothing() {
        var old = partition.claim();
        old.merge(records(List.of(run.opened())));
        old.merge(records(run.points(0, 3)));
        long before = run.requests;
        var next = partition.claim();
        var contested = records(run.points(3, 6));

        assertThatThrownBy(() -> old.merge(contested)).isInstanceOf(StreamPositions.OvertakenException.class);
        assertThat(requests()).isEqualTo(before);
        next.merge(contested);
        assertThat(requests()).isEqualTo(run.requests);
        assertThatThrownBy(() -> old.merge(records(run.points(6, 7))))
                .isInstanceOf(StreamPositions.OvertakenException.class);
    }

    @Test
    void batchThatTheDatabaseDidNotKeepIsMergedOnceWhenItComesAgain() throws SQLException {
        var owner = partition.claim();
        owner.merge(records(List.of(run.opened())));
        owner.merge(records(run.points(0, 5)));
        var batch = records(run.points(5, SimulatedRun.SECONDS));
        execute("alter table reporting.stream_position rename to gone");

        assertThatThrownBy(() -> owner.merge(batch)).isInstanceOf(DataAccessException.class);

        execute("alter table reporting.gone rename to stream_position");
        owner.merge(batch);
        owner.merge(batch);
        assertThat(requests()).isEqualTo(run.requests);
    }

    @Test
    void secondThatIsNoLongerInMemoryIsCompletedFromTheTable() {
        var early = run.second(1, 0);
        var owner = partition.claim();
        owner.merge(records(List.of(run.opened(), early)));
        owner.merge(records(run.points(1, SimulatedRun.SECONDS)));

        partition.claim().merge(records(List.of(run.second(2, 0))));

        assertThat(requests()).isEqualTo(run.requests);
        for (int resolution : List.of(1, 10, 60)) {
            assertThat(results.timeline(run.id, resolution).stream()
                            .mapToLong(TimelinePoint::requests)
                            .sum())
                    .isEqualTo(run.requests);
        }
    }

    @Test
    void secondsThatComeMinutesLateAreInTheRowsOfEveryResolution() {
        var owner = partition.claim();
        owner.merge(records(List.of(run.opened(), run.second(1, 0), run.second(1, 3))));
        owner.merge(records(List.of(run.second(1, 300))));

        owner.merge(records(List.of(run.second(2, 0), run.second(2, 1), run.second(2, 150))));
        close(owner);

        for (int resolution : List.of(1, 10, 60)) {
            assertThat(results.timeline(run.id, resolution).stream()
                            .mapToLong(TimelinePoint::requests)
                            .sum())
                    .as("rows of %d s", resolution)
                    .isEqualTo(run.requests);
        }
        var result = results.find(run.id).orElseThrow();
        assertThat(requireNonNull(result.summary()).requests()).isEqualTo(run.requests);
        assertThat(result.warnings()).isEmpty();
    }

    @Test
    void pointsThatComeAfterTheRunIsClosedCountAsLostOnceAndAreShown() {
        var owner = partition.claim();
        owner.merge(records(List.of(run.opened())));
        owner.merge(records(run.points(0, 8)));
        owner.merge(records(List.of(run.end(1), run.end(3), run.ended(2, 10))));
        close(owner);
        long before = run.requests;
        var ledger = requireNonNull(results.find(run.id).orElseThrow().ledger());
        assertThat(ledger).isEqualTo(new Ledger(before + 10, before, 0, 10));

        var late = records(List.of(run.second(2, 8)));
        owner.merge(late);
        partition.claim().merge(records(List.of(run.again(2), run.ended(0, 0))));

        long lost = run.requests - before;
        var result = results.find(run.id).orElseThrow();
        assertThat(lost).isGreaterThan(10);
        assertThat(result.ledger()).isEqualTo(new Ledger(before + lost, before, lost, 0));
        assertThat(requireNonNull(result.summary()).requests()).isEqualTo(before);
        assertThat(result.executors())
                .extracting(executor -> requireNonNull(executor.ledger()).declaredLost())
                .containsExactly(0L, lost, 0L);
        assertThat(result.warnings())
                .containsExactly(
                        "%d samples of executor 2 came after the run was closed: they are in no figure and count as lost"
                                .formatted(lost));
    }

    private void close(OwnedPartition owner) {
        var mine = owner.runs().stream()
                .filter(each -> each.run().runId().equals(run.id))
                .findFirst()
                .orElseThrow();
        if (mine.state().ended() == null) {
            owner.merge(records(run.ends()));
        }
        owner.close(mine, partition.closing());
    }

    @Test
    void recordsOfRunsThatNobodyOpenedAreRefused() throws SQLException {
        long before = refused("unknown-run");

        partition.claim().merge(records(run.points(0, 1)));

        assertThat(results.find(run.id)).isEmpty();
        assertThat(refused("unknown-run")).isEqualTo(before + SimulatedRun.EXECUTORS);
    }

    private List<ConsumerRecord<String, byte[]>> records(List<PointsRecord> contents) {
        return partition.records(run, contents);
    }

    private long requests() {
        return results.timeline(run.id, 1).stream()
                .mapToLong(TimelinePoint::requests)
                .sum();
    }

    private void execute(String sql) throws SQLException {
        try (var connection = installation.database().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long refused(String reason) throws SQLException {
        try (var connection = installation.database().getConnection();
                var statement = connection.prepareStatement(
                        "select sum(count) from reporting.refused_record where partition = ? and reason = ?")) {
            statement.setInt(1, PARTITION);
            statement.setString(2, reason);
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
