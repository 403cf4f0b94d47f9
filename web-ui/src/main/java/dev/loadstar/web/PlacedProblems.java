package dev.loadstar.web;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.Problem;

/**
 * What is wrong with a submission, each problem beside what it is about.
 *
 * @param fields by name of the form's field
 * @param lines of a pasted definition, from its first line on
 * @param others in the repository's definition, or nowhere in particular
 */
record PlacedProblems(Map<String, List<Problem>> fields, List<AtLine> lines, List<Problem> others) {

    private static final Map<String, String> FIELDS = Map.of(
            ErrorCode.GIT_UNREACHABLE.slug(), "git",
            ErrorCode.GIT_NOT_ALLOWED.slug(), "git",
            ErrorCode.GIT_TOO_LARGE.slug(), "git",
            ErrorCode.GIT_REF_UNKNOWN.slug(), "ref",
            ErrorCode.DEFINITION_MISSING.slug(), "path");
    private static final Set<String> WHOLE = Set.of("git", "ref", "path", "target", "labels", "variables");
    private static final Pattern LINE = Pattern.compile("^Line (\\d+)");

    /** @param text what stands in that line */
    record AtLine(int line, String text, Problem problem) {}

    static PlacedProblems of(List<Problem> problems, Form form) {
        var fields = new LinkedHashMap<String, List<Problem>>();
        var lines = new ArrayList<AtLine>();
        var others = new ArrayList<Problem>();
        Optional<DefinitionLines> definition = form.pasted().map(DefinitionLines::of);
        for (Problem problem : problems) {
            Optional<String> field = field(problem, form);
            Optional<AtLine> line = definition.flatMap(text -> atLine(problem, text));
            if (field.isPresent()) {
                fields.computeIfAbsent(field.get(), name -> new ArrayList<>()).add(problem);
            } else if (line.isPresent()) {
                lines.add(line.get());
            } else {
                others.add(problem);
            }
        }
        lines.sort(Comparator.comparingInt(AtLine::line));
        return new PlacedProblems(fields, lines, others);
    }

    /** Pointers into the request and into the definition look alike, but only the form's own entries are in the form. */
    private static Optional<String> field(Problem problem, Form form) {
        String[] steps = problem.pointer().split("/");
        if (steps.length == 2 && WHOLE.contains(steps[1])) {
            return Optional.of(steps[1]);
        }
        if (steps.length == 3 && form.names(steps[1]).contains(steps[2])) {
            return Optional.of(steps[1]);
        }
        return Optional.ofNullable(FIELDS.get(problem.code()));
    }

    private static Optional<AtLine> atLine(Problem problem, DefinitionLines definition) {
        Matcher told = LINE.matcher(problem.message());
        Optional<Integer> line =
                told.find() ? Optional.of(Integer.valueOf(told.group(1))) : definition.find(problem.pointer());
        return line.map(number -> new AtLine(number, definition.text(number), problem));
    }

    /** How many there are. */
    public int count() {
        return fields.values().stream().mapToInt(List::size).sum() + lines.size() + others.size();
    }

    public List<Problem> at(String field) {
        return fields.getOrDefault(field, List.of());
    }
}
