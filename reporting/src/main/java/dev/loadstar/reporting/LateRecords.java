package dev.loadstar.reporting;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import dev.loadstar.contract.wire.PointsRecord;

/** Records that come after their run was closed: points are counted as lost, once. */
final class LateRecords {

    private LateRecords() {}

    /** Whether these are points that were neither merged nor counted before; an executor may send them again after a failure. */
    static boolean isNew(Connection connection, RunRef run, PointsRecord content) throws SQLException {
        if (!content.hasPoints()) {
            return false;
        }
        var points = content.getPoints();
        var tables = new ExecutorTables(connection, run.runId());
        if (tables.lastSequence(points.getExecutor(), points.getEpoch()) >= points.getSequence()) {
            return false;
        }
        tables.writePositions(
                run.project(),
                List.of(new ExecutorTables.Position(points.getExecutor(), points.getEpoch(), points.getSequence())));
        return true;
    }
}
