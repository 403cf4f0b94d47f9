package dev.loadstar.cli;

import java.time.Duration;

import picocli.CommandLine.Option;

/** How long a command waits for a verdict. */
final class Waiting {

    private static final Duration NO_LIMIT = Duration.ofDays(365);

    @Option(
            names = "--wait-max",
            paramLabel = "TIME",
            description = "Give up waiting after this, such as 30m; the run goes on.")
    private Duration atMost = NO_LIMIT;

    Duration atMost() {
        return atMost;
    }
}
