package dev.loadstar.validator.source;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;

/**
 * Where symbolic links of a commit lead, by paths alone.
 *
 * @param targets link → what is written in it
 */
record LinkPaths(Map<String, String> targets) {

    /** Links in a row, as in Linux. */
    static final int DEEPEST = 40;

    /**
     * The path that is no link any more, "" for the root; whether it exists is another question.
     *
     * @throws LoadstarException FILE_OUTSIDE if the way leads out or in a circle
     */
    String follow(String path) {
        Deque<String> ahead = new ArrayDeque<>(names(path));
        List<String> reached = new ArrayList<>();
        int followed = 0;
        while (!ahead.isEmpty()) {
            step(path, reached, ahead.removeFirst());
            String target = targets.get(String.join("/", reached));
            if (target != null) {
                if (target.startsWith("/") || ++followed > DEEPEST) {
                    throw outside(path);
                }
                reached.removeLast();
                names(target).reversed().forEach(ahead::addFirst);
            }
        }
        return String.join("/", reached);
    }

    private static void step(String path, List<String> reached, String name) {
        switch (name) {
            case "", "." -> {}
            case ".." -> {
                if (reached.isEmpty()) {
                    throw outside(path);
                }
                reached.removeLast();
            }
            default -> reached.add(name);
        }
    }

    private static List<String> names(String path) {
        return Arrays.asList(path.split("/"));
    }

    private static LoadstarException outside(String link) {
        return new LoadstarException(
                ErrorCode.FILE_OUTSIDE, "The link %s leads out of the repository or in a circle".formatted(link));
    }
}
