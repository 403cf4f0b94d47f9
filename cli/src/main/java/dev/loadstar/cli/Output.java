package dev.loadstar.cli;

import picocli.CommandLine.Option;

/** Whether a command answers people or programs. */
final class Output {

    @Option(names = "--json", description = "Print JSON on stdout and nothing else.")
    private boolean json;

    boolean json() {
        return json;
    }

    /** Where words for people go. */
    Screen words(Screen screen) {
        return json ? screen.besideJson() : screen;
    }
}
