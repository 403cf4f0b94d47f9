package dev.loadstar.cli;

import picocli.CommandLine.Parameters;

/** The secret that a command is about. */
final class SecretName {

    @Parameters(paramLabel = "NAME", description = "Its name, such as checkout-token.")
    private String name = "";

    /** @throws CliError if no secret can have this name */
    String checked() {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
            throw new CliError(
                    CliError.REFUSED,
                    "'" + name + "' is not the name of a secret",
                    "It has letters, digits, dots, dashes and underscores, such as checkout-token.");
        }
        return name;
    }
}
