package dev.loadstar.reporting;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

import dev.loadstar.contract.plan.TargetQuery;
import dev.loadstar.reporting.prometheus.Prometheus;
import dev.loadstar.reporting.prometheus.QueryFailure;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks what the queries of live runs want to know of their targets: again and again while there is load, and once more for
 * all of its time when it is over, because some values come late. Each question has a virtual thread of its own, so that a
 * Prometheus that is slow or away holds up nothing else.
 */
final class TargetMetrics {

    private static final Logger log = LoggerFactory.getLogger(TargetMetrics.class);

    private static final int AT_ONCE = 16;
    private static final Duration NOT_MORE_OFTEN_THAN = Duration.ofSeconds(5);
    private static final Duration AGAIN = Duration.ofSeconds(1);

    /** How long the last answer is asked for when a Prometheus is away at the end of the load. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Prometheus prometheus;
    private final Transactions transactions;
    private final Clock clock;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final Map<String, Map<String, Asking>> runs = new ConcurrentHashMap<>();

    TargetMetrics(Prometheus prometheus, Transactions transactions, Clock clock) {
        this.prometheus = prometheus;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * A run with queries whose load has begun.
     *
     * @param loadEnd null while the run goes on
     */
    record Watched(
            RunRef run,
            List<TargetQuery> queries,
            Instant loadStart,
            @Nullable Instant loadEnd) {}

    /** Asks what is due; returns at once. */
    void look(Collection<Watched> watched) {
        runs.keySet().retainAll(watched.stream().map(one -> one.run().runId()).collect(Collectors.toSet()));
        for (var one : watched) {
            var asked = runs.computeIfAbsent(one.run().runId(), ignored -> new ConcurrentHashMap<>());
            for (var query : one.queries()) {
                asked.computeIfAbsent(query.id(), ignored -> new Asking(one.run(), query))
                        .askIfDue(one);
            }
        }
    }

    /** Whether all that is to be known of that run's target is known, or will not be. */
    boolean isComplete(String runId, List<TargetQuery> queries) {
        var asked = runs.getOrDefault(runId, Map.of());
        return queries.stream().allMatch(query -> {
            var asking = asked.get(query.id());
            return asking != null && asking.complete;
        });
    }

    /** One query of one run. */
    private final class Asking {

        private final TargetQuery query;
        private final TargetTable table;
        private volatile boolean busy;
        private volatile boolean complete;
        private Instant next = Instant.MIN;
        private @Nullable Instant givesUp;
        private @Nullable Instant newest;

        Asking(RunRef run, TargetQuery query) {
            this.query = query;
            this.table = new TargetTable(transactions, run, query);
        }

        void askIfDue(Watched run) {
            if (busy || complete) {
                return;
            }
            var now = clock.instant();
            if (run.loadEnd() != null && givesUp == null) {
                givesUp = now.plus(PATIENCE);
                next = now;
            }
            if (!now.isBefore(next) && places.tryAcquire()) {
                busy = true;
                Thread.ofVirtual().name("prometheus-" + query.id()).start(() -> askAndKeep(run, now));
            }
        }

        private void askAndKeep(Watched run, Instant now) {
            try {
                ask(run, now);
            } catch (RuntimeException e) {
                log.warn("What `{}` told cannot be kept: {}", query.id(), e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                busy = false;
                places.release();
            }
        }

        private void ask(Watched run, Instant now) throws InterruptedException {
            var end = run.loadEnd();
            next = now.plus(end == null ? longer(query.step(), NOT_MORE_OFTEN_THAN) : AGAIN);
            try {
                if (end == null) {
                    askSinceNewest(run, now);
                } else {
                    table.replace(prometheus.range(query, first(run), end), now);
                    complete = true;
                }
            } catch (QueryFailure e) {
                table.fail(e.why(), now);
                complete = givesUp != null && !(e.isPassing() && now.isBefore(givesUp));
            }
        }

        /** From the newest value on: it may have been told before it was whole. */
        private void askSinceNewest(Watched run, Instant now) throws QueryFailure, InterruptedException {
            var from = newest == null ? first(run) : newest;
            if (!from.isAfter(now)) {
                var values = prometheus.range(query, from, now);
                table.add(values, now);
                if (!values.isEmpty()) {
                    newest = Instant.ofEpochSecond(values.getLast().second());
                }
            }
        }

        /** The first whole second with load. */
        private static Instant first(Watched run) {
            return Instant.ofEpochSecond(Math.ceilDiv(run.loadStart().toEpochMilli(), 1_000L));
        }

        private static Duration longer(Duration one, Duration other) {
            return one.compareTo(other) > 0 ? one : other;
        }
    }
}
