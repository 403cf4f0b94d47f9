package dev.loadstar.platform.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import dev.loadstar.contract.run.RunStatus;

/**
 * Whose turn it is: two runs that load the same host at once would falsify each other. A run has its hosts from its
 * start until it is finished, and those that wait have theirs in the order of submission, so that nobody is overtaken on
 * its own hosts. All of this is read from the runs' rows each time; there is no lock that could outlive its owner.
 */
final class Turns {

    private final List<RunRow> queued;
    private final List<RunRow> underWay;
    private final List<RunRow> waiting = new ArrayList<>();
    private final Function<RunRow, String> project;

    /**
     * @param unfinished in the order of their submission
     * @param project key of a run's project
     */
    Turns(List<RunRow> unfinished, Function<RunRow, String> project) {
        this.queued = unfinished.stream()
                .filter(run -> run.status() == RunStatus.QUEUED)
                .toList();
        this.underWay = new ArrayList<>(unfinished.stream()
                .filter(run -> RunStatus.QUEUED.isBefore(run.status()))
                .toList());
        this.project = project;
    }

    List<RunRow> queued() {
        return queued;
    }

    /** Why it is not the run's turn yet; to be asked in the order of {@link #queued}. */
    Optional<String> waitFor(RunRow run) {
        Optional<String> ahead = waitFor(run, waiting, "waits for %s, which is before it and loads %s too");
        return ahead.isPresent() || run.claim().sharesTarget()
                ? ahead
                : waitFor(run, underWay, "waits for %s, which loads %s");
    }

    private Optional<String> waitFor(RunRow run, List<RunRow> others, String sentence) {
        for (RunRow other : others) {
            Optional<String> host = run.claim().common(other.claim());
            if (host.isPresent()) {
                return Optional.of(sentence.formatted(name(run, other), host.get()));
            }
        }
        return Optional.empty();
    }

    /** From now on its hosts are taken for those that come after it. */
    void keepWaiting(RunRow run) {
        waiting.add(run);
    }

    /** Starts the run, and answers which others load its hosts at the same time. */
    List<RunRow> start(RunRow run) {
        List<RunRow> beside = underWay.stream()
                .filter(other -> other.status() != RunStatus.REPORTING)
                .filter(other -> run.claim().common(other.claim()).isPresent())
                .toList();
        underWay.add(run);
        return beside;
    }

    /** What the reader of a run's figures should know of another one beside it. */
    String warning(RunRow told, RunRow beside) {
        String host = told.claim().common(beside.claim()).orElse("its target");
        String name = name(told, beside);
        return "%s%s loads %s at the same time, as `target.shared` allows: both measure the other's load too"
                .formatted(Character.toUpperCase(name.charAt(0)), name.substring(1), host);
    }

    private String name(RunRow told, RunRow named) {
        String number = "run " + named.number();
        return told.projectId() == named.projectId() ? number : number + " of project " + project.apply(named);
    }
}
