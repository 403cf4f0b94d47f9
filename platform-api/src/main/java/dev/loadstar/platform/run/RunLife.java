package dev.loadstar.platform.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

import dev.loadstar.contract.plan.BaselinePlan;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.contract.run.RunStatus;
import dev.loadstar.platform.live.Watchers;
import dev.loadstar.platform.project.ProjectRow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.domain.Limit;
import org.springframework.transaction.support.TransactionOperations;

import static java.util.Objects.requireNonNull;

/** The only writer of runs: every step is one transaction on the locked row, and whoever watches hears of it afterwards. */
final class RunLife {

    private static final Logger log = LoggerFactory.getLogger(RunLife.class);
    private static final Set<RunStatus> UNFINISHED = Set.of(
            RunStatus.VALIDATING, RunStatus.QUEUED, RunStatus.PROVISIONING, RunStatus.RUNNING, RunStatus.REPORTING);
    private static final Set<RunStatus> WITH_WORKER = Set.of(RunStatus.PROVISIONING, RunStatus.RUNNING);

    private final TransactionOperations transactions;
    private final RunTables tables;
    private final Watchers watchers;
    private final InstantSource clock;

    RunLife(TransactionOperations transactions, RunTables tables, Watchers watchers, InstantSource clock) {
        this.transactions = transactions;
        this.tables = tables;
        this.watchers = watchers;
        this.clock = clock;
    }

    /** Now, as exact as documents show it. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** An id that nothing else has. */
    String newId() {
        return Ulid.at(clock.instant());
    }

    /** @throws LoadstarException NOT_FOUND if there is no such project */
    RunRow create(String project, Submitted submission, String by) {
        return committed(() -> {
            ProjectRow owner = tables.projects().lock(project);
            return tables.runs().save(new RunRow(newId(), owner, submission, by, now()));
        });
    }

    /** Takes one step, and answers whether it changed anything. An unknown run is nothing to change. */
    boolean step(String id, Predicate<RunRow> step) {
        boolean changed = committed(() -> {
            Optional<RunRow> moved = tables.runs().lockById(id).filter(run -> logged(run, step));
            moved.filter(RunRow::wantsRetry).ifPresent(this::retry);
            return moved.isPresent();
        });
        if (changed) {
            watchers.changed(id);
        }
        return changed;
    }

    /** In the transaction of its verdict, so that no crash can lose it or do it twice. */
    private void retry(RunRow invalid) {
        ProjectRow owner = tables.projects().lock(invalid.projectId());
        RunRow again = tables.runs().save(RunRow.retry(newId(), owner, invalid, now()));
        log.info("Run {} ({}) is INVALID and is repeated by run {}", invalid.number(), invalid.id(), again.number());
    }

    private static boolean logged(RunRow run, Predicate<RunRow> step) {
        RunStatus before = run.status();
        if (!step.test(run)) {
            return false;
        }
        run.changed();
        if (run.status() != before) {
            log.info("Run {} ({}): {} → {}", run.number(), run.id(), before, run.status());
        }
        return true;
    }

    /** Accepts the run and keeps its plan in the same transaction. */
    boolean accept(String id, RunPlan plan, List<String> warnings) {
        return step(id, run -> {
            boolean accepted = run.accept(plan, warnings, now());
            if (accepted) {
                tables.plans().save(new PlanRow(run, plan));
            }
            return accepted;
        });
    }

    /** @throws LoadstarException NOT_FOUND if there is no such run */
    RunRow get(String project, int number) {
        long owner = tables.projects().get(project).id();
        return tables.runs()
                .findByProjectIdAndNumber(owner, number)
                .orElseThrow(() -> new LoadstarException(
                        ErrorCode.NOT_FOUND, "There is no run %d in project %s".formatted(number, project)));
    }

    Optional<RunRow> find(String id) {
        return tables.runs().findById(id);
    }

    /** @param before only runs with smaller numbers */
    List<RunRow> newest(String project, RunFilter filter, int before, int limit) {
        return tables.search().newest(tables.projects().get(project).id(), filter, before, limit);
    }

    /** As {@link RunSearch#sound}, of any branch. */
    List<RunRow> sound(RunRow run, Map<String, String> labels, int limit) {
        return tables.search().sound(run, labels, null, limit);
    }

    /** The plan with the runs that the run is held against: they are chosen once, when it gets its worker. */
    Optional<RunPlan> planWithBaseline(RunRow run) {
        return committed(() -> tables.plans().findById(run.id()).map(row -> {
            RunPlan plan = row.plan();
            BaselinePlan baseline = plan.baseline();
            if (baseline == null || baseline.chosen() != null) {
                return plan;
            }
            RunPlan complete = plan.withBaseline(baseline.with(new BaselineChoice(tables.search()).of(run, baseline)));
            row.complete(complete);
            return complete;
        }));
    }

    Optional<RunPlan> plan(RunRow run) {
        return tables.plans().findById(run.id()).map(PlanRow::plan);
    }

    String projectKey(RunRow run) {
        return tables.projects().key(run.projectId());
    }

    List<RunRow> unfinished() {
        return tables.runs().findByStatusInOrderById(UNFINISHED);
    }

    List<RunRow> all(Set<String> ids) {
        return tables.runs().findByIdIn(ids);
    }

    /** The oldest first. */
    List<RunRow> finishedBefore(long project, Instant before, int limit) {
        return tables.runs().finishedBefore(project, before, Limit.of(limit));
    }

    /** How long finished runs of each project are kept, by the project's id. */
    Map<Long, Duration> kept(Duration otherwise) {
        return tables.projects().kept(otherwise);
    }

    /** Takes a finished run away with its plan; its number is not given again. */
    void remove(RunRow run) {
        transactions.executeWithoutResult(status -> {
            tables.plans().deleteById(run.id());
            tables.runs().deleteById(run.id());
        });
    }

    int withWorker() {
        return tables.runs().countByStatusIn(WITH_WORKER);
    }

    /** @throws LoadstarException NOT_FOUND if there is no such project */
    void checkProject(String key) {
        tables.projects().get(key);
    }

    private <T> T committed(Supplier<T> work) {
        T result = transactions.execute(status -> work.get());
        return requireNonNull(result);
    }
}
