package dev.loadstar.cli;

import java.util.ArrayList;
import java.util.List;

import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code verify}, as far as help and completion go: the script measures what it has built. */
@Command(
        name = "verify",
        description = "Measures how exact its load is, for those who work on it.",
        footer = {
            "",
            "verify fidelity measures how exact the load is, with every tool, and writes",
            "docs/fidelity.md. Takes some 15 minutes per tool, in which nothing else may run.",
            "--tool NAME and --rows PART,PART measure some of it and write nothing.",
            "",
            "Example: ./loadstar verify fidelity --tool jmeter --rows even,pacing"
        })
@SuppressWarnings("unused") // the arguments are the script's
final class VerifyCommand implements Runnable {

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public void run() {
        throw new CliError(CliError.REFUSED, "the script ./loadstar measures", "Use ./loadstar verify fidelity.");
    }
}
