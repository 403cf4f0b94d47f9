package dev.loadstar.contract.plan;

import java.util.List;

import dev.loadstar.contract.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What a tool found in a script without running it: the answer of {@code --inspect}.
 *
 * @param problems pointers are relative to the scenario, such as {@code /script/file}
 * @param labels request names as far as they are known before a run; variables in them are kept as written
 * @param hosts literal hosts that the script contacts
 */
public record Inspection(
        List<Problem> problems, List<String> warnings, List<String> labels, List<String> hosts, List<Group> groups) {

    public Inspection {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
        labels = List.copyOf(labels);
        hosts = List.copyOf(hosts);
        groups = List.copyOf(groups);
    }

    /**
     * A group of users of the script with its own size.
     *
     * @param alone why its own load cannot be divided over several executors; null where it can
     */
    public record Group(
            String name, String type, int users, @Nullable String alone) {}
}
