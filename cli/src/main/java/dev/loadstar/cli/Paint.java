package dev.loadstar.cli;

import java.util.ArrayList;
import java.util.List;

import dev.loadstar.contract.run.AssertionStatus;
import dev.loadstar.contract.run.Verdict;

/** Colour, where there may be some. */
record Paint(boolean on) {

    String verdict(Verdict verdict, String text) {
        return switch (verdict) {
            case PASSED -> green(text);
            case WARNED, INVALID -> yellow(text);
            case FAILED, ERRORED -> red(text);
            case ABORTED -> bold(text);
        };
    }

    String mark(AssertionStatus status) {
        return switch (status) {
            case PASSED -> green("✓");
            case WARNED -> yellow("!");
            case FAILED -> red("✗");
            case RECORDED -> dim("✗");
            case INVALID -> yellow("?");
        };
    }

    /** A table whose first line names its columns. */
    List<String> heading(List<String> table) {
        var lines = new ArrayList<>(table);
        lines.set(0, dim(table.getFirst()));
        return lines;
    }

    String dim(String text) {
        return wrap("2", text);
    }

    String bold(String text) {
        return wrap("1", text);
    }

    String red(String text) {
        return wrap("1;31", text);
    }

    private String green(String text) {
        return wrap("1;32", text);
    }

    private String yellow(String text) {
        return wrap("1;33", text);
    }

    private String wrap(String code, String text) {
        return on ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
