package dev.loadstar.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;

import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.contract.run.RunDocument.StageResult;
import org.jspecify.annotations.Nullable;

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

    /** What is done for a run that makes no load, or what it waits for. */
    static String waitingFor(RunDocument run) {
        return switch (run.status()) {
            case VALIDATING -> "validating";
            case QUEUED -> run.reason() == null ? "waiting for its turn" : run.reason();
            case PROVISIONING -> "starting executors";
            case RUNNING -> "starting the load";
            case REPORTING, FINISHED -> "making the report";
        };
    }

    /** {@code shop #1 queued}. */
    static String step(RunDocument run) {
        return name(run) + " " + run.status().name().toLowerCase(Locale.ROOT);
    }

    static String back(Duration silence) {
        return "the server answers again, after " + Figures.clock(silence) + "; the run has gone on";
    }

    /** Where a run is that has not finished. */
    static String status(RunDocument run, String link) {
        return aligned(step(run), link);
    }

    /** The definition's place, or the run's name where it is not known. */
    static String definition(RunDocument run) {
        var source = run.source();
        return source == null ? name(run) : source.path();
    }

    /** A label, marked where it is more than a request. */
    static String label(String label, @Nullable String kind) {
        return kind == null || kind.equals("request") ? label : label + " (" + kind + ")";
    }

    /** A first word or two and what there is to say about them. */
    static String aligned(String what, String facts) {
        return what + " ".repeat(Math.max(2, FACTS - what.length())) + facts;
    }
}
