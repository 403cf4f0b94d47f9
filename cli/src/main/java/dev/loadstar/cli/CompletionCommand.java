package dev.loadstar.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code completion}: what makes a shell complete our commands and options. */
@Command(
        name = "completion",
        description = "Prints a script that completes commands and options.",
        footer = {
            "",
            "It completes ./loadstar as well as loadstar on the PATH. To have it for good,",
            "write it to a file and let ~/.bashrc or ~/.zshrc source that.",
            "",
            "Example: source <(./loadstar completion bash)"
        })
final class CompletionCommand implements Runnable {

    private final Screen screen;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Shells whose completion is known. */
    enum Shell {
        bash,
        zsh
    }

    @SuppressWarnings("unused") // one script serves both
    @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
    private Shell shell = Shell.bash;

    CompletionCommand(Screen screen) {
        this.screen = screen;
    }

    /** One script serves both: in zsh it switches the completion of bash on first. */
    @Override
    public void run() {
        screen.fact(AutoComplete.bash("loadstar", spec.root().commandLine()));
    }
}
