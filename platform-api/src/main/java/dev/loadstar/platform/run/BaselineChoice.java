package dev.loadstar.platform.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import dev.loadstar.contract.plan.BaselinePlan;
import dev.loadstar.contract.plan.BaselinePlan.Chosen;
import dev.loadstar.contract.run.RunDocument;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the runs that a run is held against: of the same test and with the labels of its definition, passed or warned, and
 * with the load that was planned. What a person pinned may have failed, too.
 */
final class BaselineChoice {

    /** Where the reference is a single run, so many others tell how far runs differ among themselves. */
    private static final int COMPARABLE = 5;

    private static final String BRANCH = "branch";

    private final RunSearch search;

    BaselineChoice(RunSearch search) {
        this.search = search;
    }

    Chosen of(RunRow run, BaselinePlan baseline) {
        int most = Math.max(COMPARABLE, baseline.runs());
        List<RunRow> sound = search.sound(run, baseline.labels(), null, most);
        return switch (baseline.use()) {
            case PINNED -> chosen(search.pinned(run, baseline.labels(), baseline.runs()), sound);
            case LAST_PASSED -> chosen(first(sound, 1), sound);
            case MEDIAN_OF_LAST -> chosen(first(sound, baseline.runs()), first(sound, baseline.runs()));
            case BRANCH -> {
                var ofBranch = branch(run, baseline)
                        .map(branch -> search.sound(run, baseline.labels(), branch, baseline.runs()))
                        .orElse(List.of());
                yield chosen(ofBranch, ofBranch.size() < COMPARABLE ? sound : ofBranch);
            }
        };
    }

    private static Optional<String> branch(RunRow run, BaselinePlan baseline) {
        @Nullable String named = baseline.branch() == null ? run.labels().get(BRANCH) : baseline.branch();
        RunDocument.@Nullable Source source = run.source();
        return Optional.ofNullable(named).or(() -> Optional.ofNullable(source).map(RunDocument.Source::ref));
    }

    private static List<RunRow> first(List<RunRow> runs, int most) {
        return runs.subList(0, Math.min(most, runs.size()));
    }

    /** The reference runs also tell how far runs differ. */
    private static Chosen chosen(List<RunRow> reference, List<RunRow> others) {
        var comparable = new ArrayList<>(reference);
        others.stream()
                .filter(run -> reference.stream().noneMatch(known -> Objects.equals(known.id(), run.id())))
                .forEach(comparable::add);
        return new Chosen(runs(reference), reference.isEmpty() ? List.of() : runs(comparable));
    }

    private static List<BaselinePlan.Run> runs(List<RunRow> rows) {
        return rows.stream()
                .map(row -> new BaselinePlan.Run(row.id(), row.number()))
                .toList();
    }
}
