package dev.loadstar.platform.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.contract.run.ComparisonDocument;
import dev.loadstar.contract.run.ComparisonDocument.Side;
import dev.loadstar.contract.run.Verdict;
import dev.loadstar.results.RunResults;
import dev.loadstar.results.compare.Change;
import org.jspecify.annotations.Nullable;

/** Compares two runs of a project. */
public final class Comparisons {

    /** So many runs at most tell how far runs of the test differ among themselves. */
    private static final int COMPARABLE = 10;

    private final RunLife life;
    private final RunResults results;

    Comparisons(RunLife life, RunResults results) {
        this.life = life;
        this.results = results;
    }

    /**
     * How run {@code b} differs from run {@code a}.
     *
     * @throws LoadstarException NOT_FOUND if there is no such run, or one of them has no result
     */
    public ComparisonDocument compare(String project, int a, int b) {
        RunRow from = life.get(project, a);
        RunRow to = life.get(project, b);
        List<RunRow> alike = Objects.equals(from.test(), to.test())
                ? life.sound(to, shared(from.labels(), to.labels()), COMPARABLE)
                : List.of();
        var differences = results.compare(
                        from.id(), to.id(), alike.stream().map(RunRow::id).toList())
                .orElseThrow(() -> new LoadstarException(
                        ErrorCode.NOT_FOUND, "Run %d or %d has no result that could be compared".formatted(a, b)));
        return new ComparisonDocument(
                project,
                side(from, project),
                side(to, project),
                differences.sentence(),
                notes(from, to, alike.size()),
                alike.stream().map(RunRow::number).toList(),
                differences.rows());
    }

    private static Side side(RunRow run, String project) {
        return new Side(
                run.number(),
                run.test(),
                verdict(run),
                run.times().document().submitted(),
                RunDocuments.page(project, run.number()));
    }

    private static @Nullable Verdict verdict(RunRow run) {
        Ending ending = run.ending();
        return ending == null ? null : ending.verdict();
    }

    /** Labels such as the environment, which both have, and not those that tell them apart. */
    private static Map<String, String> shared(Map<String, String> a, Map<String, String> b) {
        var shared = new HashMap<>(a);
        shared.entrySet().retainAll(b.entrySet());
        return shared;
    }

    private List<String> notes(RunRow a, RunRow b, int comparable) {
        var notes = new ArrayList<String>();
        if (!Objects.equals(a.test(), b.test())) {
            notes.add("they are runs of two tests, %s and %s".formatted(a.test(), b.test()));
        } else if (!loads(a).equals(loads(b))) {
            notes.add("their load was not planned alike");
        }
        if (!Objects.equals(a.target(), b.target())) {
            notes.add("they loaded two targets, %s and %s".formatted(a.target(), b.target()));
        }
        for (RunRow run : List.of(a, b)) {
            if (run.isChanged()) {
                notes.add("the load of run %d was changed while it ran".formatted(run.number()));
            }
            Verdict verdict = verdict(run);
            if (verdict == Verdict.INVALID || verdict == Verdict.ERRORED || verdict == Verdict.ABORTED) {
                notes.add("run %d is %s, so its figures mean little".formatted(run.number(), verdict));
            }
        }
        if (comparable < Change.ENOUGH) {
            notes.add(
                    "how far runs of this test differ among themselves is not known: %d of the %d passed runs that it takes"
                            .formatted(comparable, Change.ENOUGH));
        }
        return notes;
    }

    private Map<String, String> loads(RunRow run) {
        var loads = new HashMap<String, String>();
        life.plan(run)
                .map(RunPlan::scenarios)
                .orElse(List.of())
                .forEach(scenario -> loads.put(scenario.name(), load(scenario)));
        return loads;
    }

    private static String load(ScenarioPlan scenario) {
        return scenario.startAfter() + " " + scenario.load();
    }
}
