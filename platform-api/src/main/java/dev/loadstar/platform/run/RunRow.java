package dev.loadstar.platform.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.problem.Problem;
import dev.loadstar.contract.run.LoadChange;
import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.contract.run.RunStatus;
import dev.loadstar.contract.run.Verdict;
import dev.loadstar.platform.project.ProjectRow;
import jakarta.persistence.Convert;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/**
 * One run. Its status only moves forward: each method is a step that answers whether it changed anything, and a step that
 * comes late or twice does not.
 */
@Entity
@Table(schema = "platform", name = "run")
class RunRow {

    @Id
    private String id;

    private long projectId;
    private int number;

    @Enumerated(EnumType.STRING)
    private RunStatus status = RunStatus.VALIDATING;

    private String submittedBy;

    @Convert(converter = JsonColumn.OfSubmitted.class)
    private Submitted submission;

    private @Nullable String test;

    @Convert(converter = JsonColumn.OfSource.class)
    private RunDocument.@Nullable Source source;

    @Convert(converter = JsonColumn.OfLabels.class)
    private Map<String, String> labels = Map.of();

    private @Nullable String target;

    @Convert(converter = JsonColumn.OfProblems.class)
    private List<Problem> problems = List.of();

    @Convert(converter = JsonColumn.OfTexts.class)
    private List<String> warnings = List.of();

    @Convert(converter = JsonColumn.OfExecutors.class)
    private List<RunDocument.ExecutorResult> executors = List.of();

    @Convert(converter = JsonColumn.OfLoadChanges.class)
    private List<LoadChange> loadChanges = List.of();

    private boolean changed;

    @Embedded
    private @Nullable Pin pin;

    @Embedded
    private RunTimes times;

    @Embedded
    private @Nullable Ending ending;

    @Embedded
    private Limits limits = Limits.UNKNOWN;

    @Embedded
    private @Nullable StopOrder stop;

    @Embedded
    private Claim claim = Claim.NONE;

    private @Nullable String waitsFor;
    private boolean retryInvalid;
    private @Nullable Integer retryOf;
    private @Nullable Integer retriedBy;
    private boolean workerSeen;
    private Instant deadlineAt;
    private int changes;

    @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
    protected RunRow() {}

    RunRow(String id, ProjectRow project, Submitted submission, String submittedBy, Instant now) {
        this.id = id;
        this.projectId = project.id();
        this.number = project.takeNumber();
        this.submission = submission;
        this.source = submission.source();
        this.labels = submission.overrides().labels();
        this.target = submission.overrides().target();
        this.submittedBy = submittedBy;
        this.times = RunTimes.submitted(now);
        this.deadlineAt = now.plus(Limits.TURN);
    }

    /** Another run of the same commit in the place of one that was INVALID; each knows the other. */
    static RunRow retry(String id, ProjectRow project, RunRow first, Instant now) {
        RunDocument.@Nullable Source source = first.source;
        var again = new RunRow(
                id, project, first.submission.at(source == null ? null : source.commit()), first.submittedBy, now);
        again.retryOf = first.number;
        first.retriedBy = again.number;
        return again;
    }

    /** Whether its verdict asks for another run, and none was started yet; a retry is never repeated. */
    boolean wantsRetry() {
        return retryInvalid
                && retryOf == null
                && retriedBy == null
                && ending != null
                && ending.verdict() == Verdict.INVALID;
    }

    /** Its turn has come: from now on the validation is what takes time, no longer those before it. */
    boolean beginValidation(Instant now) {
        if (status != RunStatus.VALIDATING) {
            return false;
        }
        deadlineAt = now.plus(Limits.VALIDATING);
        return true;
    }

    boolean accept(RunPlan plan, List<String> newWarnings, Instant now) {
        if (!forward(RunStatus.QUEUED, now.plus(Limits.QUEUED))) {
            return false;
        }
        test = plan.test();
        source = Submitted.document(plan.source());
        labels = plan.labels();
        target = plan.target().baseUrl();
        warnings = List.copyOf(newWarnings);
        limits = Limits.of(plan);
        claim = Claim.of(plan.target());
        retryInvalid = plan.validity().retry();
        times = times.validated(now);
        return true;
    }

    boolean refuse(List<Problem> found, @Nullable String name, RunPlan.@Nullable Source from, Instant now) {
        String more = found.size() > 1 ? " (and %d more)".formatted(found.size() - 1) : "";
        String reason = found.isEmpty() ? "refused" : found.getFirst().message() + more;
        if (status != RunStatus.VALIDATING || !finish(Ending.refused(reason), now)) {
            return false;
        }
        test = name;
        source = from == null ? source : Submitted.document(from);
        problems = List.copyOf(found);
        times = times.validated(now);
        return true;
    }

    /** Says why it is still queued. */
    boolean waitFor(String what) {
        if (status != RunStatus.QUEUED || what.equals(waitsFor)) {
            return false;
        }
        waitsFor = what;
        return true;
    }

    /** Adds what a reader of its figures should know, while it still makes some. */
    boolean warn(String warning) {
        if (isFinished() || warnings.contains(warning)) {
            return false;
        }
        warnings = Stream.concat(warnings.stream(), Stream.of(warning)).toList();
        return true;
    }

    boolean provision(Instant now) {
        return forward(RunStatus.PROVISIONING, now.plusMillis(limits.readyLimitMs()));
    }

    boolean workerStarted(Instant now) {
        boolean moved = provision(now);
        boolean news = !workerSeen;
        workerSeen = true;
        return moved || news;
    }

    boolean executorChanged(RunDocument.ExecutorResult executor) {
        var all = new ArrayList<>(executors);
        all.removeIf(known -> known.number() == executor.number());
        all.add(executor);
        all.sort(Comparator.comparingInt(RunDocument.ExecutorResult::number));
        boolean news = !all.equals(executors);
        executors = List.copyOf(all);
        return news;
    }

    boolean executorsReady(Instant at) {
        return learn(times.provisioned(at));
    }

    boolean loadStarted(Instant at) {
        boolean moved = forward(RunStatus.RUNNING, at.plusMillis(limits.runLimitMs()));
        return learn(times.loadStarted(at)) || moved;
    }

    /** The same as a fact of the past: it moves nothing. */
    boolean loadBegan(Instant at) {
        return learn(times.loadStarted(at));
    }

    boolean loadEnded(Instant at) {
        return learn(times.loadEnded(at));
    }

    /** The worker is done; what is left is to report. */
    boolean ended(Ending how, Instant now) {
        if (!forward(RunStatus.REPORTING, now.plus(Limits.REPORTING))) {
            return false;
        }
        ending = how;
        return true;
    }

    boolean finish(Ending how, Instant now) {
        if (!forward(RunStatus.FINISHED, now)) {
            return false;
        }
        ending = how;
        times = times.finished(now);
        return true;
    }

    /** Orders a run that has a worker to stop; the first order stands. */
    boolean order(StopOrder order) {
        if (stop != null || !hasWorker()) {
            return false;
        }
        stop = order;
        return true;
    }

    boolean orderChange(LoadChange change) {
        if (status != RunStatus.RUNNING || stop != null) {
            return false;
        }
        changeLoad(Stream.concat(loadChanges.stream(), Stream.of(change)).toList());
        return true;
    }

    /** What the worker made of an order; false if that is known, or the order is not. */
    boolean changeAnswered(String change, UnaryOperator<LoadChange> answer) {
        boolean open = loadChanges.stream().anyMatch(known -> known.id().equals(change) && isOrdered(known));
        if (open) {
            changeLoad(loadChanges.stream()
                    .map(known -> known.id().equals(change) ? answer.apply(known) : known)
                    .toList());
        }
        return open;
    }

    private void changeLoad(List<LoadChange> all) {
        loadChanges = List.copyOf(all);
        changed = all.stream().anyMatch(change -> change.status() != LoadChange.Status.REFUSED);
    }

    /** Orders that no worker has answered. */
    List<LoadChange> openChanges() {
        return loadChanges.stream().filter(RunRow::isOrdered).toList();
    }

    private static boolean isOrdered(LoadChange change) {
        return change.status() == LoadChange.Status.ORDERED;
    }

    /** Nobody had the time by which the clock was put forward. */
    boolean postpone(Duration step) {
        deadlineAt = deadlineAt.plus(step);
        stop = stop == null ? null : stop.postponed(step);
        return true;
    }

    /** Makes it a baseline, or not one any more; false if it could be none, or was already. */
    boolean pin(@Nullable Pin by) {
        if (by == null ? pin == null : pin != null || !mayBeBaseline()) {
            return false;
        }
        pin = by;
        return true;
    }

    /** Whether its figures are those of its plan and worth something. */
    boolean mayBeBaseline() {
        return !changed && ending != null && ending.isSound();
    }

    boolean hasWorker() {
        return status == RunStatus.PROVISIONING || status == RunStatus.RUNNING;
    }

    private boolean forward(RunStatus next, Instant deadline) {
        if (!status.isBefore(next)) {
            return false;
        }
        status = next;
        deadlineAt = deadline;
        waitsFor = null;
        return true;
    }

    private boolean learn(RunTimes known) {
        boolean news = !known.equals(times);
        times = known;
        return news;
    }

    /** Counts what watchers should hear of. */
    void changed() {
        changes++;
    }

    String id() {
        return id;
    }

    long projectId() {
        return projectId;
    }

    int number() {
        return number;
    }

    RunStatus status() {
        return status;
    }

    boolean isFinished() {
        return status == RunStatus.FINISHED;
    }

    String submittedBy() {
        return submittedBy;
    }

    Submitted submission() {
        return submission;
    }

    @Nullable
    String test() {
        return test;
    }

    RunDocument.@Nullable Source source() {
        return source;
    }

    Map<String, String> labels() {
        return labels;
    }

    @Nullable
    String target() {
        return target;
    }

    List<Problem> problems() {
        return problems;
    }

    List<String> warnings() {
        return warnings;
    }

    List<LoadChange> loadChanges() {
        return loadChanges;
    }

    /** The run that this one repeats. */
    @Nullable
    Integer retryOf() {
        return retryOf;
    }

    @Nullable
    Integer retriedBy() {
        return retriedBy;
    }

    /** Whether its load is not the planned one. */
    boolean isChanged() {
        return changed;
    }

    @Nullable
    Pin pin() {
        return pin;
    }

    List<RunDocument.ExecutorResult> executors() {
        return executors;
    }

    RunTimes times() {
        return times;
    }

    Claim claim() {
        return claim;
    }

    @Nullable
    String waitsFor() {
        return waitsFor;
    }

    @Nullable
    Ending ending() {
        return ending;
    }

    @Nullable
    StopOrder stop() {
        return stop;
    }

    boolean isWorkerSeen() {
        return workerSeen;
    }

    Instant deadlineAt() {
        return deadlineAt;
    }

    int changes() {
        return changes;
    }
}
