package dev.loadstar.reporting;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.loadstar.results.BrokenRule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges the rules that stop runs, each second as soon as every executor has told it, and orders the end of a run until its
 * worker has said that it ended. The order is kept first: the verdict depends on it. One thread is in here at a time.
 */
final class AbortRules {

    private static final Logger log = LoggerFactory.getLogger(AbortRules.class);

    private final Merger merger;
    private final Transactions transactions;
    private final Announcements announcements;
    private final Map<String, Long> lookedUntil = new HashMap<>();

    AbortRules(Merger merger, Transactions transactions, Announcements announcements) {
        this.merger = merger;
        this.transactions = transactions;
        this.announcements = announcements;
    }

    void look() {
        var watched = merger.watched();
        lookedUntil.keySet().retainAll(ids(watched));
        for (var run : watched) {
            if (run.until() > lookedUntil.getOrDefault(run.runId(), 0L)) {
                transactions
                        .run(connection -> order(connection, run))
                        .ifPresent(rule -> announcements.stop(run.runId(), rule));
                lookedUntil.put(run.runId(), run.until());
            }
        }
    }

    private static Set<String> ids(List<Merger.Watched> watched) {
        return watched.stream().map(Merger.Watched::runId).collect(Collectors.toSet());
    }

    private static Optional<BrokenRule> order(Connection connection, Merger.Watched run) throws SQLException {
        var known = RunRow.brokenRule(connection, run.runId());
        if (known.isPresent()) {
            return known;
        }
        var broken = BrokenRule.find(connection, run.runId(), run.until());
        if (broken.isPresent()) {
            log.info("Run {}: {}", run.runId(), broken.get().sentence());
            RunRow.stopByRule(connection, run.runId(), broken.get());
        }
        return broken;
    }
}
