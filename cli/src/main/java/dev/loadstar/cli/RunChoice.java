package dev.loadstar.cli;

import picocli.CommandLine.Parameters;

/** The run that a command is about. */
final class RunChoice {

    @Parameters(paramLabel = "RUN", description = "Its number, or project/number.")
    private String run = "";

    RunRef ref() {
        return RunRef.parse(run);
    }
}
