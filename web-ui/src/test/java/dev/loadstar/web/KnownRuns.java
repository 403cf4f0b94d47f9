package dev.loadstar.web;

import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.contract.problem.Problem;
import dev.loadstar.contract.run.Artifact;
import dev.loadstar.contract.run.LoadChange;
import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.platform.run.RunFilter;
import dev.loadstar.platform.run.RunPage;
import dev.loadstar.platform.run.Runs;
import dev.loadstar.validator.Submission;
import dev.loadstar.validator.Validation;
import org.jspecify.annotations.Nullable;

/** Runs that a test wrote down, to be shown. */
final class KnownRuns implements Runs {

    final Map<Integer, RunDocument> documents = new ConcurrentHashMap<>();
    final Map<Integer, RunPlan> plans = new ConcurrentHashMap<>();
    final Map<Integer, RunPlan> changedPlans = new ConcurrentHashMap<>();
    final List<String> changes = new ArrayList<>();
    final List<String> stopped = new ArrayList<>();
    final List<String> pins = new ArrayList<>();
    volatile boolean broken;
    volatile @Nullable String lack;

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public Optional<String> lack() {
        return Optional.ofNullable(lack);
    }

    @Override
    public String id(String project, int number) {
        return document(project, number).id();
    }

    @Override
    public RunDocument submit(String project, Submission submission, String by) {
        return documents.values().iterator().next();
    }

    @Override
    public Validation validate(String project, Submission submission) {
        return new Validation.Refused(
                List.of(new Problem(
                        "/scenarios/0/load/holdFor",
                        ErrorCode.KEY_UNKNOWN.slug(),
                        "holdFor is not known",
                        "did you mean a stage's \"duration\"?")),
                null,
                new RunPlan.Source(null, null, null, submission.path()));
    }

    @Override
    public RunDocument document(String project, int number) {
        if (broken) {
            throw new IllegalStateException("disk on fire");
        }
        return Optional.ofNullable(documents.get(number))
                .orElseThrow(() -> new LoadstarException(ErrorCode.NOT_FOUND, "There is no run #" + number + "."));
    }

    @Override
    public Optional<RunPlan> plan(String project, int number) {
        return Optional.ofNullable(plans.get(number));
    }

    @Override
    public Optional<RunPlan> followedPlan(String project, int number) {
        return Optional.ofNullable(changedPlans.get(number)).or(() -> plan(project, number));
    }

    @Override
    public RunPage list(String project, RunFilter filter, int limit, @Nullable Integer before) {
        List<RunDocument> found = documents.values().stream()
                .filter(run -> before == null || run.number() < before)
                .filter(run -> filter.test() == null || filter.test().equals(run.test()))
                .filter(run -> filter.status() == null || filter.status() == run.status())
                .filter(run -> filter.verdict() == null || filter.verdict() == run.verdict())
                .filter(run ->
                        run.runLabels().entrySet().containsAll(filter.labels().entrySet()))
                .sorted(Comparator.comparing(RunDocument::number).reversed())
                .toList();
        List<RunDocument> shown = found.subList(0, Math.min(limit, found.size()));
        return new RunPage(shown, found.size() > limit ? shown.getLast().number() : null);
    }

    @Override
    public RunDocument stop(String project, int number, String by) {
        stopped.add(number + " by " + by);
        return document(project, number);
    }

    @Override
    public RunDocument pin(String project, int number, boolean pinned, String by) {
        pins.add(number + (pinned ? " by " : " no more by ") + by);
        return document(project, number);
    }

    @Override
    public RunDocument changeLoad(
            String project, int number, @Nullable String scenario, LoadChange.What what, String by) {
        if (what.value() != null && what.value() > 1000) {
            throw new LoadstarException(ErrorCode.REQUEST_INVALID, "1001 users are more than there may be");
        }
        changes.add("%d: %s %s by %s".formatted(number, scenario, what, by));
        return document(project, number);
    }

    @Override
    public RunDocument await(String project, int number, Duration atMost) {
        return document(project, number);
    }

    @Override
    public List<String> executorLog(String project, int number, int executor, int lines) {
        return List.of();
    }

    @Override
    public List<Artifact> artifacts(String project, int number) {
        return List.of();
    }

    @Override
    public InputStream openArtifact(String project, int number, String name) {
        return InputStream.nullInputStream();
    }

    @Override
    public List<String> workerLog(String project, int number, int lines) {
        return List.of();
    }
}
