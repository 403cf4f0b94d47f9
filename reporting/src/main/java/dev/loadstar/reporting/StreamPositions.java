package dev.loadstar.reporting;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Where reading goes on in each partition, and who may write what is read from it. Each new owner has a higher epoch than
 * all before; an owner moves the position in the transaction of its rows, and one that was overtaken moves nothing.
 */
final class StreamPositions {

    private StreamPositions() {}

    /** @param next offset of the first record that is not merged yet */
    record Position(int partition, long ownerEpoch, long next) {}

    /** Makes the caller the partition's owner from now on. */
    static Position claim(Connection connection, int partition) throws SQLException {
        try (var statement = connection.prepareStatement("""
                insert into reporting.stream_position (partition, next_offset, owner_epoch) values (?, 0, 1)
                on conflict (partition) do update set owner_epoch = stream_position.owner_epoch + 1
                returning owner_epoch, next_offset""")) {
            statement.setInt(1, partition);
            try (var row = statement.executeQuery()) {
                row.next();
                return new Position(partition, row.getLong(1), row.getLong(2));
            }
        }
    }

    /** @throws OvertakenException if the partition has another owner or position by now */
    static Position move(Connection connection, Position from, long next) throws SQLException {
        try (var statement = connection.prepareStatement("""
                update reporting.stream_position set next_offset = ?
                where partition = ? and owner_epoch = ? and next_offset = ?""")) {
            statement.setLong(1, next);
            statement.setInt(2, from.partition());
            statement.setLong(3, from.ownerEpoch());
            statement.setLong(4, from.next());
            if (statement.executeUpdate() == 0) {
                throw new OvertakenException(from.partition());
            }
            return new Position(from.partition(), from.ownerEpoch(), next);
        }
    }

    /** Where reading stands, for an owner that does not know whether its last transaction was kept. */
    static Position reread(Connection connection, Position known) throws SQLException {
        try (var statement = connection.prepareStatement(
                "select next_offset from reporting.stream_position where partition = ? and owner_epoch = ?")) {
            statement.setInt(1, known.partition());
            statement.setLong(2, known.ownerEpoch());
            try (var row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new OvertakenException(known.partition());
                }
                return new Position(known.partition(), known.ownerEpoch(), row.getLong(1));
            }
        }
    }

    /** Another process owns the partition now: whatever this one has in memory is worthless. */
    static final class OvertakenException extends RuntimeException {
        OvertakenException(int partition) {
            super("partition %d has another owner".formatted(partition));
        }
    }
}
