import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One closed load of a single GET, as a JMeter script with its definition beside it. The same script, unchanged, is what
 * the JMeter command line gets.
 *
 * @param path at the target
 * @param thinkMillis between two requests of a user
 * @param warmUp seconds that are not measured
 * @param seconds that are
 */
record Load(String path, int users, int thinkMillis, int warmUp, int seconds) {

    private static final String SCRIPT = """
            <?xml version="1.0" encoding="UTF-8"?>
            <jmeterTestPlan version="1.2" properties="5.0" jmeter="5.6.3"><hashTree>
              <TestPlan guiclass="TestPlanGui" testclass="TestPlan" testname="bench"/>
              <hashTree>
                <ThreadGroup guiclass="ThreadGroupGui" testclass="ThreadGroup" testname="users">
                  <stringProp name="ThreadGroup.on_sample_error">continue</stringProp>
                  <elementProp name="ThreadGroup.main_controller" elementType="LoopController" guiclass="LoopControlPanel" testclass="LoopController">
                    <boolProp name="LoopController.continue_forever">false</boolProp>
                    <intProp name="LoopController.loops">-1</intProp>
                  </elementProp>
                  <stringProp name="ThreadGroup.num_threads">%1$d</stringProp>
                  <stringProp name="ThreadGroup.ramp_time">0</stringProp>
                  <boolProp name="ThreadGroup.scheduler">true</boolProp>
                  <stringProp name="ThreadGroup.duration">%2$d</stringProp>
                  <boolProp name="ThreadGroup.same_user_on_next_iteration">true</boolProp>
                </ThreadGroup>
                <hashTree>
                  <HTTPSamplerProxy guiclass="HttpTestSampleGui" testclass="HTTPSamplerProxy" testname="get">
                    <stringProp name="HTTPSampler.protocol">http</stringProp>
                    <stringProp name="HTTPSampler.domain">127.0.0.1</stringProp>
                    <stringProp name="HTTPSampler.port">${__P(port)}</stringProp>
                    <stringProp name="HTTPSampler.path">%3$s</stringProp>
                    <stringProp name="HTTPSampler.method">GET</stringProp>
                    <boolProp name="HTTPSampler.use_keepalive">true</boolProp>
                    <boolProp name="HTTPSampler.follow_redirects">true</boolProp>
                  </HTTPSamplerProxy>
                  <hashTree>%4$s</hashTree>
                </hashTree>
              </hashTree>
            </hashTree></jmeterTestPlan>
            """;

    private static final String TIMER = """
            <ConstantTimer guiclass="ConstantTimerGui" testclass="ConstantTimer" testname="think">\
            <stringProp name="ConstantTimer.delay">%d</stringProp></ConstantTimer>\
            <hashTree/>""";

    private static final String DEFINITION = """
            {
              "version": "loadstar/v1",
              "name": "bench",
              "target": { "baseUrl": "http://127.0.0.1:%1$d" },
              "scenarios": [{
                "name": "get",
                "tool": "jmeter",
                "script": { "file": "bench.jmx", "properties": { "port": "%1$d" } },
                "load": { "model": "closed", "startUsers": %2$d, "stages": [%3$s
                  { "name": "steady", "duration": "%4$ds", "users": %2$d, "shape": "hold" }
                ] }
              }],
              "executors": { "count": 1 },
              "assertions": ["errors < 1%%"]
            }
            """;

    private static final String WARM_UP = """

                      { "name": "warm-up", "duration": "%ds", "users": %d, "shape": "hold", "measure": false },""";

    /** Requests per second, where answers take next to no time. */
    static Load perSecond(int rate, String path, int warmUp, int seconds) {
        int think = 100;
        return new Load(path, Math.max(1, rate * think / 1000), think, warmUp, seconds);
    }

    /** Writes the script into the folder. */
    Path script(Path folder) throws IOException {
        String timer = thinkMillis == 0 ? "" : TIMER.formatted(thinkMillis);
        return Files.writeString(
                folder.resolve("bench.jmx"), SCRIPT.formatted(users, warmUp + seconds, path, timer));
    }

    /** Writes script and definition into the folder. */
    void write(Path folder, int port) throws IOException {
        script(folder);
        String stage = warmUp == 0 ? "" : WARM_UP.formatted(warmUp, users);
        Files.writeString(folder.resolve("loadstar.json"), DEFINITION.formatted(port, users, stage, seconds));
    }
}
