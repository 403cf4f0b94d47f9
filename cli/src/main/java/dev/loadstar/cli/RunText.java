package dev.loadstar.cli;

import java.net.URI;
import java.util.ArrayList;

import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.contract.run.RunDocument.StageResult;
import dev.loadstar.contract.run.RunStatus;

/** A run in one line. */
final class RunText {

    /** Column at which the facts of the first lines stand. */
    private static final int FACTS = 23;

    private RunText() {}

    /** {@code shop #1}. */
    static String name(RunDocument run) {
        return (run.test() == null ? "run" : run.test()) + " #" + run.number();
    }

    /** {@code shop #1 validated      loadstar.json at 9f2c0e6, 2 scenarios, 2 executors}. */
    static String validated(RunDocument run) {
        var facts = new ArrayList<String>();
        var source = run.source();
        if (source != null) {
            facts.add(
                    source.commit() == null
                            ? source.path()
                            : source.path() + " at "
                                    + source.commit()
                                            .substring(
                                                    0,
                                                    Math.min(7, source.commit().length())));
        }
        long scenarios =
                run.stages().stream().map(StageResult::scenario).distinct().count();
        if (scenarios > 0) {
            facts.add(Figures.plural(scenarios, "scenario"));
        }
        if (!run.executors().isEmpty()) {
            facts.add(Figures.plural(run.executors().size(), "executor"));
        }
        return aligned(name(run) + " validated", String.join(", ", facts));
    }

    /** Where a run is that has not finished. */
    static String status(RunDocument run, URI page) {
        return aligned(
                name(run) + " " + (run.status() == RunStatus.FINISHED ? "finished" : run.status()), page.toString());
    }

    /** A first word or two and what there is to say about them. */
    static String aligned(String what, String facts) {
        return what + " ".repeat(Math.max(2, FACTS - what.length())) + facts;
    }
}
