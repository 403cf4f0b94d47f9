package dev.loadstar.cli;

import java.util.ArrayList;
import java.util.List;

import dev.loadstar.contract.problem.Problem;

/** Why an input was refused: every problem with its place, and that nothing was started. */
final class RefusedText {

    private RefusedText() {}

    /** @param name of the definition, as the user would say it */
    static List<String> of(String name, List<Problem> problems, Paint paint) {
        var lines = new ArrayList<String>();
        lines.add(paint.red("refused") + "  " + name + " has " + Figures.plural(problems.size(), "problem"));
        int width = problems.stream().mapToInt(p -> p.pointer().length()).max().orElse(0);
        problems.forEach(problem -> lines.add("  " + line(problem, width)));
        lines.add("Nothing was started.");
        return lines;
    }

    /** @param width of the column in which pointers stand */
    static String line(Problem problem, int width) {
        String place = problem.pointer().isEmpty()
                ? ""
                : problem.pointer()
                        + " ".repeat(Math.max(0, width - problem.pointer().length())) + "   ";
        return place + sentence(problem);
    }

    private static String sentence(Problem problem) {
        String message = problem.message().strip();
        if (problem.hint() == null || problem.hint().isBlank()) {
            return message;
        }
        String hint = problem.hint().strip();
        String start = message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
        return start + (Character.isUpperCase(hint.codePointAt(0)) ? ". " : "; ") + hint;
    }
}
