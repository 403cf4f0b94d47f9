package dev.loadstar.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;

import org.jspecify.annotations.Nullable;

/** Asks a person on the terminal, one line each; where nobody can be asked, what would be proposed holds. */
final class Questions {

    private final Screen screen;
    private final @Nullable BufferedReader answers;

    private Questions(Screen screen, @Nullable BufferedReader answers) {
        this.screen = screen;
        this.answers = answers;
    }

    static Questions to(Screen screen, InputStream in) {
        return new Questions(
                screen,
                new BufferedReader(new InputStreamReader(in, screen.look().charset())));
    }

    static Questions toNobody(Screen screen) {
        return new Questions(screen, null);
    }

    /** Reads an answer; throws a {@link CliError} that says what is wrong with it. */
    interface Reading<T> {
        T of(String text);
    }

    /** Asks until the answer is a good one; {@code proposed} is taken where the line is empty. */
    <T> T ask(String what, String proposed, Reading<T> reading) throws IOException {
        if (answers == null) {
            return reading.of(proposed);
        }
        while (true) {
            screen.prompt("%-12s [%s] ".formatted(what, proposed));
            String line = answers.readLine();
            if (line == null) {
                throw new CliError(CliError.REFUSED, "nothing was written", "--yes takes what is proposed.");
            }
            try {
                return reading.of(line.isBlank() ? proposed : line.strip());
            } catch (CliError e) {
                screen.error("  " + e.title() + ". " + String.join(" ", e.lines()));
            }
        }
    }
}
