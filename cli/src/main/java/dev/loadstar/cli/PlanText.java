package dev.loadstar.cli;

import java.util.ArrayList;
import java.util.List;

import dev.loadstar.contract.definition.Units;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.ScenarioPlan;

/** A plan as text: in one line, or with the share of every executor. */
final class PlanText {

    private static final int INDENT = 2;

    private PlanText() {}

    /** What a valid test consists of, and what a reader should know. */
    static List<String> summary(String word, String name, Check.Valid valid, Paint paint) {
        var plan = valid.plan();
        var facts = new ArrayList<String>();
        facts.add(Figures.plural(plan.scenarios().size(), "scenario"));
        facts.add(Figures.plural(plan.executors().count(), "executor"));
        var duration = plan.plannedDuration();
        if (duration != null) {
            facts.add(Figures.clock(duration) + " of load");
        }
        facts.add(Figures.plural(plan.assertions().size(), "assertion"));
        var lines = new ArrayList<String>();
        lines.add(paint.bold("%-7s".formatted(word)) + "  " + name + ": " + String.join(", ", facts));
        valid.warnings().forEach(warning -> lines.add("  note   " + warning));
        return lines;
    }

    /** The summary, then a table per scenario. */
    static List<String> of(String name, Check.Valid valid, int columns, Paint paint) {
        if (valid.executors() == null) {
            throw new CliError(
                    CliError.BROKEN,
                    "the server is older than this command line and does not tell executors' shares",
                    "Update it; ./loadstar validate works with it.");
        }
        var plan = valid.plan();
        var lines = new ArrayList<String>(summary("plan", name, valid, paint));
        lines.add("  target " + plan.target().baseUrl());
        for (var scenario : plan.scenarios()) {
            var shares = valid.executors().stream()
                    .filter(share -> share.scenario().equals(scenario.name()))
                    .toList();
            lines.add("");
            lines.add(paint.bold(scenario.name()) + heading(scenario));
            new ShareTable(shares, plan.inputs().dataOf(scenario), paint)
                    .lines(columns - INDENT)
                    .forEach(line -> lines.add(" ".repeat(INDENT) + line));
        }
        return lines;
    }

    private static String heading(ScenarioPlan scenario) {
        String start = scenario.startAfter().isZero() ? "" : ", starts after " + Units.text(scenario.startAfter());
        return "   " + scenario.tool() + load(scenario.load()) + start;
    }

    /** What of the load does not stand in the table. */
    private static String load(Load load) {
        return switch (load) {
            case Load.Open open ->
                ", arrivals %s, at most %s at once".formatted(spacing(open), Figures.plural(open.maxUsers(), "user"));
            case Load.Closed closed -> {
                Double cap = closed.rateCap();
                yield (closed.pacing().isZero() ? "" : ", each user begins every " + Units.text(closed.pacing()))
                        + (cap == null ? "" : ", at most " + Units.rateText(cap) + " requests");
            }
            case Load.Iterations _, Load.FromScript _ -> "";
        };
    }

    private static String spacing(Load.Open load) {
        return switch (load.arrivals()) {
            case EVEN -> "evenly spaced";
            case POISSON -> "spaced by chance (poisson, seed %d)".formatted(load.seed());
        };
    }
}
