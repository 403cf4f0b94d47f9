import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A {@link Load} as a Gatling simulation with its definition beside it. The same simulation, unchanged, is what plain Gatling gets. */
record Simulation(Load load) {

    static final String CLASS = "BenchSimulation";

    private static final String SOURCE = """
            import static io.gatling.javaapi.core.CoreDsl.*;
            import static io.gatling.javaapi.http.HttpDsl.*;

            import io.gatling.javaapi.core.*;

            public class %s extends Simulation {
                {
                    setUp(scenario("get")
                                    .repeat(100)
                                    .on(exec(http("get").get("%s")))
                                    .injectClosed(constantConcurrentUsers(%d).during(%d)))
                            .protocols(http.baseUrl("http://127.0.0.1:" + System.getProperty("port")));
                }
            }
            """;

    private static final String DEFINITION = """
            {
              "version": "loadstar/v1",
              "name": "bench",
              "target": { "baseUrl": "http://127.0.0.1:%1$d" },
              "scenarios": [{
                "name": "get",
                "tool": "gatling",
                "script": { "file": "%2$s.java", "properties": { "port": "%1$d" } },
                "load": { "model": "closed", "startUsers": %3$d, "gracefulStop": "1s", "stages": [
                  { "name": "steady", "duration": "%4$ds", "users": %3$d, "shape": "hold" }
                ] }
              }],
              "executors": { "count": 1 },
              "assertions": ["errors < 1%%"]
            }
            """;

    /** Writes the simulation into the folder. */
    Path source(Path folder) throws IOException {
        int seconds = load.warmUp() + load.seconds();
        return Files.writeString(
                folder.resolve(CLASS + ".java"), SOURCE.formatted(CLASS, load.path(), load.users(), seconds));
    }

    /** Writes simulation and definition into the folder. */
    void write(Path folder, int port) throws IOException {
        source(folder);
        int seconds = load.warmUp() + load.seconds();
        Files.writeString(
                folder.resolve("loadstar.json"), DEFINITION.formatted(port, CLASS, load.users(), seconds));
    }
}
