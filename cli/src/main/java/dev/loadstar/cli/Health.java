package dev.loadstar.cli;

/** Whether a server can take runs. */
sealed interface Health {

    record Up() implements Health {}

    /** It is there and says what it lacks. */
    record NotReady(String detail) implements Health {}

    /** Nothing that could be used, and why. */
    record Absent(CliError why) implements Health {}
}
