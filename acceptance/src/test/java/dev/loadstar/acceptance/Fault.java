package dev.loadstar.acceptance;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.contract.run.Verdict;

/**
 * Something that goes wrong with a run, and how the run must end then.
 *
 * @param name what {@code --faults} chooses by
 * @param what as it stands in the table
 * @param expected its verdict
 * @param because what the run's reason must contain
 * @param test the files of its repository
 * @param happening what is done to it while it runs
 */
record Fault(String name, String what, Place place, Verdict expected, Pattern because, Test test, Happening happening) {

    /** What the server on which it happens is like. */
    enum Place {
        /** As a user starts it. */
        ORDINARY,
        /** The same, for what happens to the server itself. */
        ALONE,
        /** Executors have a spool of a few seconds. */
        SMALL_SPOOL,
        /** The jobs' folder is on a disk of its own, a small one. */
        SMALL_DISK,
        /** Broker, database, reporting and API are processes of their own. */
        SEPARATE
    }

    @FunctionalInterface
    interface Test {
        Map<String, String> files(String tool, int port);
    }

    @FunctionalInterface
    interface Happening {
        void to(Going going) throws Exception;
    }

    static Fault of(String name, String what, Verdict expected, String because, Test test) {
        return new Fault(name, what, Place.ORDINARY, expected, Pattern.compile(because), test, _ -> {});
    }

    Fault on(Place other) {
        return new Fault(name, what, other, expected, because, test, happening);
    }

    Fault when(Happening happens) {
        return new Fault(name, what, place, expected, because, test, happens);
    }

    /** Whether that is the end which it must come to: where nothing may be lost, with the target's own count. */
    boolean isAnsweredBy(Outcome outcome) {
        RunDocument run = outcome.run();
        String reason = run.reason();
        return run.verdict() == expected
                && reason != null
                && because.matcher(reason).find()
                && (run.ledger() == null || isClosed(run.ledger()))
                && (expected != Verdict.PASSED || outcome.isComplete());
    }

    private static boolean isClosed(RunDocument.Ledger ledger) {
        return ledger.produced() == ledger.stored() + ledger.declaredLost() + ledger.unknown();
    }

    /**
     * What a run came to.
     *
     * @param arrived requests at its target
     */
    record Outcome(RunDocument run, long arrived) {

        boolean isComplete() {
            return new RunDocument.Ledger(arrived, arrived, 0, 0).equals(run.ledger());
        }
    }

    /** Those whose names contain one of the words; all for none. */
    static List<Fault> named(List<Fault> faults, List<String> words) {
        return faults.stream()
                .filter(fault -> words.isEmpty() || words.stream().anyMatch(fault.name::contains))
                .toList();
    }
}
