package dev.loadstar.cli;

import java.io.IOException;
import java.util.List;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.plan.ExecutorShare;
import dev.loadstar.contract.plan.RunPlan;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** A test that is checked and not started, for the commands that do so. */
final class Check {

    @Mixin
    private final SourceChoice source = new SourceChoice();

    @Mixin
    private final ServerChoice server;

    @Mixin
    private final Output output = new Output();

    Check(ServerChoice server) {
        this.server = server;
    }

    /** What a server says about a valid test; an older one says nothing of the executors. */
    record Valid(RunPlan plan, @Nullable List<ExecutorShare> executors, List<String> warnings) {
        Valid {
            warnings = warnings == null ? List.of() : warnings;
        }
    }

    /** How a valid test is told. */
    interface Words {
        List<String> of(String definition, Valid valid);
    }

    /** @return the exit code */
    int check(Screen screen, Words text) throws IOException, InterruptedException {
        var submission = source.submission();
        String name = submission.source().name();
        var words = output.words(screen);
        try (var connection = server.findOrStart(words)) {
            words.live("checking " + name + " …");
            String answer = connection.api().validate(submission);
            if (output.json()) {
                words.clear();
                screen.fact(answer);
            } else {
                text.of(name, Json.read(answer, Valid.class)).forEach(screen::fact);
            }
            return 0;
        } catch (ProblemDocument.Refused e) {
            RefusedText.of(name, e.problems(), screen.errorPaint()).forEach(words::error);
            return CliError.REFUSED;
        }
    }
}
