package dev.loadstar.executor.gatling;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

import dev.loadstar.executor.kit.LoadToolKit;
import dev.loadstar.executor.tool.LoadTool;

class GatlingToolKitTests extends LoadToolKit {

    private static final String REQUESTS = """
            http("ok").get("/ok")).exec(http("slow").get("/slow")).exec(http("error").get("/error")""";

    @Override
    protected LoadTool tool() {
        return new GatlingTool();
    }

    @Override
    protected String writeScript(Path workspace, URI target) throws IOException {
        // A load that the schedule has to overrule.
        return write(workspace, target, "exec(" + REQUESTS + ")", "constantUsersPerSec(50).during(60)");
    }

    @Override
    protected String writeBrokenScript(Path workspace) throws IOException {
        return SimulationText.write(workspace, "{ setUp(nothing); }");
    }

    @Override
    protected String writeOwnLoad(Path workspace, URI target) throws IOException {
        return write(
                workspace,
                target,
                "repeat(%d).on(exec(%s))".formatted(OWN_ITERATIONS, REQUESTS),
                "atOnceUsers(%d)".formatted(OWN_USERS));
    }

    private static String write(Path workspace, URI target, String chain, String injection) throws IOException {
        String file = SimulationText.write(
                workspace,
                "{ setUp(scenario(\"kit\").%s.injectOpen(%s)).protocols(http.baseUrl(\"%s\")); }"
                        .formatted(chain, injection, target));
        return SimulationText.built(workspace, file);
    }
}
