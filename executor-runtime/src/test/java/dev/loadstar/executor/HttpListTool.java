package dev.loadstar.executor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import dev.loadstar.contract.plan.Inspection;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.plan.Shard;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.contract.problem.Problem;
import dev.loadstar.executor.secret.Secrets;
import dev.loadstar.executor.tool.LoadGate;
import dev.loadstar.executor.tool.LoadTool;
import dev.loadstar.executor.tool.Recorder;
import dev.loadstar.executor.tool.RowSource;
import dev.loadstar.executor.tool.ToolDescriptor;
import dev.loadstar.executor.tool.ToolSession;

/** The smallest tool that makes real load: its script is a list of lines {@code label url}, requested in order. */
public final class HttpListTool implements LoadTool {

    @Override
    public ToolDescriptor descriptor() {
        return new ToolDescriptor(
                "http-list", "1", Set.of(ToolDescriptor.Model.CLOSED), Set.of(ToolDescriptor.Capability.LIVE_USERS));
    }

    @Override
    public Inspection inspect(Path workspace, ScenarioPlan scenario) {
        try {
            var labels = read(workspace, scenario).stream().map(Step::label).toList();
            return new Inspection(List.of(), List.of(), labels, List.of(), List.of());
        } catch (LoadstarException e) {
            return new Inspection(e.problems(), List.of(), List.of(), List.of(), List.of());
        }
    }

    @Override
    public ToolSession prepare(
            Shard shard, Secrets secrets, Path workspace, Recorder recorder, LoadGate gate, RowSource rows) {
        return new HttpListSession(shard, read(workspace, shard.scenario()), recorder, gate);
    }

    private static List<Step> read(Path workspace, ScenarioPlan scenario) {
        try {
            return Files.readAllLines(workspace.resolve(((ScenarioPlan.Script) scenario.work()).file())).stream()
                    .map(Step::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    record Step(String label, URI url) {
        static Step parse(String line) {
            String[] words = line.split(" ", -1);
            if (words.length != 2) {
                String detail = "'%s' is not a label and an address.".formatted(line);
                throw new LoadstarException(
                        ErrorCode.SCRIPT_INVALID,
                        detail,
                        List.of(Problem.at("/script/file", ErrorCode.SCRIPT_INVALID, detail)));
            }
            return new Step(words[0], URI.create(words[1]));
        }
    }
}
