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
 * @param built what was built of the script, below {@link #BUILT}; kept and named by whoever asked, not by the tool
 */
public record Inspection(
        List<Problem> problems,
        List<String> warnings,
        List<String> labels,
        List<String> hosts,
        List<Group> groups,
        List<BundleFile> built) {

    /** Folder of the workspace: what a tool writes there while it inspects is given to the executors of the scenario. */
    public static final String BUILT = ".loadstar/built";

    /** Environment variable with the address of the Maven repository that builds may fetch from; not set where there is none for them. */
    public static final String MIRROR_VARIABLE = "LOADSTAR_BUILD_MIRROR";

    /** Environment variable with a folder in which builds may keep what they fetched, for the next ones. */
    public static final String CACHE_VARIABLE = "LOADSTAR_BUILD_CACHE";

    public Inspection {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
        labels = List.copyOf(labels);
        hosts = List.copyOf(hosts);
        groups = List.copyOf(groups);
        built = List.copyOf(built);
    }

    /** One in which nothing was built. */
    public Inspection(
            List<Problem> problems,
            List<String> warnings,
            List<String> labels,
            List<String> hosts,
            List<Group> groups) {
        this(problems, warnings, labels, hosts, groups, List.of());
    }

    /** The same with what was built. */
    public Inspection withBuilt(List<BundleFile> files) {
        return new Inspection(problems, warnings, labels, hosts, groups, files);
    }

    /**
     * A group of users of the script with its own size.
     *
     * @param alone why its own load cannot be divided over several executors; null where it can
     */
    public record Group(
            String name, String type, int users, @Nullable String alone) {}
}
