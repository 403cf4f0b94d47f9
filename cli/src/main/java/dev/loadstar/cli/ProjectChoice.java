package dev.loadstar.cli;

import picocli.CommandLine.Option;

/** The project that a command is about. */
final class ProjectChoice {

    @Option(names = "--project", paramLabel = "NAME", description = "The project; \"default\" otherwise.")
    private String project = RunRef.DEFAULT_PROJECT;

    String name() {
        if (!RunRef.isProject(project)) {
            throw new CliError(
                    CliError.REFUSED,
                    "'" + project + "' is not the name of a project",
                    "It has small letters, digits and hyphens, such as payments.");
        }
        return project;
    }
}
