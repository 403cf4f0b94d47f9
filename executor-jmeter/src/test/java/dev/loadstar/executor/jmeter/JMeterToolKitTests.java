package dev.loadstar.executor.jmeter;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.loadstar.executor.kit.LoadToolKit;
import dev.loadstar.executor.tool.LoadTool;

class JMeterToolKitTests extends LoadToolKit {

    @Override
    protected LoadTool tool() {
        return new JMeterTool();
    }

    @Override
    protected String writeScript(Path workspace, URI target) throws IOException {
        // A size that the schedule has to overrule.
        return write(workspace, "script.jmx", target, 7, 1);
    }

    @Override
    protected String writeBrokenScript(Path workspace) throws IOException {
        Files.writeString(workspace.resolve("broken.jmx"), "<jmeterTestPlan><hashTree>");
        return "broken.jmx";
    }

    @Override
    protected String writeOwnLoad(Path workspace, URI target) throws IOException {
        return write(workspace, "own.jmx", target, OWN_USERS, OWN_ITERATIONS);
    }

    private static String write(Path workspace, String file, URI target, int users, int loops) throws IOException {
        Files.writeString(
                workspace.resolve(file),
                PlanText.plan(PlanText.group(
                        "group",
                        users,
                        loops,
                        PlanText.get(target, "ok", "/ok"),
                        PlanText.get(target, "slow", "/slow"),
                        PlanText.get(target, "error", "/error"))));
        return file;
    }
}
