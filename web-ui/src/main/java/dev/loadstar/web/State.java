package dev.loadstar.web;

import java.util.Locale;

import dev.loadstar.contract.run.EndReason;
import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.contract.run.RunStatus;
import dev.loadstar.contract.run.Verdict;

/**
 * Where a run is, in a word and a colour.
 *
 * @param tone class of the style sheet
 */
record State(String word, String tone) {

    static State of(RunDocument run) {
        if (run.status() != RunStatus.FINISHED) {
            return new State(capital(run.status()), run.status() == RunStatus.RUNNING ? "run" : "idle");
        }
        Verdict verdict = run.verdict();
        if (verdict == null) {
            return run.endReason() == EndReason.REFUSED ? new State("Refused", "fail") : new State("Ended", "idle");
        }
        return of(verdict);
    }

    static State of(Verdict verdict) {
        String tone = switch (verdict) {
            case PASSED -> "pass";
            case WARNED -> "warn";
            case FAILED, ERRORED -> "fail";
            case INVALID -> "invalid";
            case ABORTED -> "idle";
        };
        return new State(capital(verdict), tone);
    }

    private static String capital(Enum<?> constant) {
        String name = constant.name();
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }
}
