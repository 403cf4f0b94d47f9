package dev.loadstar.cli;

import java.util.ArrayList;
import java.util.List;

import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code verify}, as far as help and completion go: the script measures what it has built. */
@Command(
        name = "verify",
        description = "Tries what it promises, for those who work on it.",
        footer = {
            "",
            "verify fidelity measures how exact the load is, with every tool, and writes",
            "docs/fidelity.md. Takes some 15 minutes per tool, in which nothing else may run.",
            "--tool NAME and --rows PART,PART measure some of it and write nothing.",
            "",
            "verify faults makes everything go wrong that can, with every tool, and 50 runs",
            "in which nothing does, and writes docs/faults.md. Takes some 25 minutes.",
            "--tool NAME, --faults PART,PART and --healthy N try some and write nothing.",
            "",
            "Example: ./loadstar verify fidelity --tool jmeter --rows even,pacing",
            "Example: ./loadstar verify faults --faults killed,skew"
        })
@SuppressWarnings("unused") // the arguments are the script's
final class VerifyCommand implements Runnable {

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public void run() {
        throw new CliError(
                CliError.REFUSED,
                "the script ./loadstar measures",
                "Use ./loadstar verify fidelity or ./loadstar verify faults.");
    }
}
