package dev.loadstar.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The files of a small load test on the demo target: three requests in a JMeter plan, and a definition. Its limits of
 * validity are wide: these tests count, and must not depend on how busy the machine is.
 */
final class LoadTest {

    private static final String HOME =
            "<HTTPSamplerProxy guiclass=\"HttpTestSampleGui\" testclass=\"HTTPSamplerProxy\" testname=\"home\">";

    private static final String HEADERS = """
            <HeaderManager guiclass="HeaderPanel" testclass="HeaderManager" testname="headers">
              <collectionProp name="HeaderManager.headers">
                <elementProp name="" elementType="Header">
                  <stringProp name="Header.name">Authorization</stringProp>
                  <stringProp name="Header.value">Bearer hush</stringProp>
                </elementProp>
              </collectionProp>
            </HeaderManager>
            <hashTree/>
            """;

    private final Map<String, String> files = new LinkedHashMap<>();

    private LoadTest(String definition) {
        files.put("loadstar.json", definition);
        files.put("jmeter/browse.jmx", browse(-1));
        files.put("jmeter/skus.csv", "tea-01\ntea-02\ntea-03\n");
    }

    static LoadTest closed(int port, int executors, int users, String duration, String... assertions) {
        return new LoadTest(definition(
                port,
                executors,
                "definition",
                "{\"users\": %d, \"rampUp\": \"1s\", \"duration\": \"%s\"}".formatted(users, duration),
                assertions));
    }

    /** The plan's own 4 users, each going round {@code loops} times. */
    static LoadTest fromScript(int port, int executors, int loops) {
        return new LoadTest(definition(port, executors, "script", "{\"model\": \"fromScript\"}"))
                .with("jmeter/browse.jmx", browse(loops));
    }

    /**
     * The same three requests without a script, on 2 executors: {@code iterations} by 2 users, each with a row of its own
     * and a product that the shop named before.
     */
    static LoadTest requests(int port, int iterations) {
        var rows = new StringBuilder("sku,note\n");
        for (int row = 0; row < iterations; row++) {
            rows.append("tea-0%d,\"say \"\"%d\"\", ${__time()}\"\n".formatted(1 + row % 3, row));
        }
        return new LoadTest("""
                {
                  "version": "loadstar/v1",
                  "name": "browse",
                  "target": {"baseUrl": "http://127.0.0.1:%d"},
                  "variables": {"CHANNEL": "web & more"},
                  "data": [{"name": "orders", "file": "jmeter/orders.csv", "share": "unique", "onExhausted": "failTest"}],
                  "scenarios": [
                    {
                      "name": "visit",
                      "tool": "any",
                      "data": ["orders"],
                      "requests": [
                        {"name": "home", "path": "/", "query": {"channel": "${env.CHANNEL}"}},
                        {
                          "name": "products", "path": "/api/products",
                          "expect": {"status": [200], "jsonPath": [{"path": "$.items[0].cents", "equals": 890}]},
                          "extract": [{"as": "last", "jsonPath": "$.items[-1].sku"}]
                        },
                        {
                          "name": "add to cart", "method": "POST", "path": "/api/cart?${var.last}",
                          "body": {"json": {"sku": "${data.orders.sku}", "quantity": 1, "note": "${data.orders.note}"}},
                          "expect": {"status": [201], "jsonPath": [{"path": "$.sku", "equals": "${data.orders.sku}"}]}
                        }
                      ],
                      "load": {"model": "iterations", "users": 2, "iterations": %d}
                    }
                  ],
                  "executors": {"count": 2},
                  "validity": {"maxStartSkew": "10s", "maxGeneratorCpu": "100%%"},
                  "assertions": ["errors < 1%%"]
                }
                """.formatted(port, iterations)).with("jmeter/orders.csv", rows.toString());
    }

    /** The same three requests as a Gatling simulation, on 2 executors: two arrivals a second for 5 s, of whom the half buys. */
    static LoadTest gatling(int port) {
        return new LoadTest("""
                {
                  "version": "loadstar/v1",
                  "name": "browse",
                  "target": {"baseUrl": "http://127.0.0.1:%d"},
                  "scenarios": [
                    {
                      "name": "visit",
                      "tool": "gatling",
                      "script": {"file": "gatling/src/test/java/shop/Browse.java"},
                      "load": {"rate": "2/s", "duration": "5s"}
                    }
                  ],
                  "executors": {"count": 2},
                  "validity": {"maxStartSkew": "10s", "maxGeneratorCpu": "100%%"},
                  "assertions": ["errors < 1%%", "p95 of 'buy' < 5s"]
                }
                """.formatted(port))
                .without("jmeter/browse.jmx")
                .with("gatling/src/test/java/shop/Browse.java", """
                        package shop;

                        import static io.gatling.javaapi.core.CoreDsl.*;
                        import static io.gatling.javaapi.http.HttpDsl.*;

                        public class Browse extends io.gatling.javaapi.core.Simulation {
                            {
                                var look = exec(http("home").get("/"), http("products").get("/api/products"));
                                var buy = feed(csv("skus.csv").circular()).group("buy").on(exec(http("add to cart")
                                        .post("/api/cart")
                                        .header("Content-Type", "application/json")
                                        .body(StringBody("{\\"sku\\": \\"#{sku}\\", \\"quantity\\": 1}"))
                                        .check(status().is(201))));
                                setUp(
                                        scenario("looking").exec(look).injectOpen(atOnceUsers(1)),
                                        scenario("buying").exec(look).exec(buy).injectOpen(atOnceUsers(1)))
                                    .protocols(http.baseUrl(System.getProperty("loadstar.baseUrl")));
                            }
                        }
                        """)
                .with("gatling/src/test/resources/skus.csv", "sku\ntea-01\ntea-02\n");
    }

    /** The JMeter plan's own 12 iterations and the simulation's 10 arrivals in one test, an executor for each. */
    static LoadTest bothTools(int port) {
        LoadTest test = fromScript(port, 1, 3);
        gatling(port).files().forEach(test::with);
        return test.with("loadstar.json", """
                {
                  "version": "loadstar/v1",
                  "name": "both",
                  "target": {"baseUrl": "http://127.0.0.1:%d"},
                  "scenarios": [
                    {
                      "name": "plan", "tool": "jmeter",
                      "script": {"file": "jmeter/browse.jmx", "loadFrom": "script"},
                      "load": {"model": "fromScript"}
                    },
                    {
                      "name": "simulation", "tool": "gatling",
                      "script": {"file": "gatling/src/test/java/shop/Browse.java"},
                      "load": {"rate": "2/s", "duration": "5s"}
                    }
                  ],
                  "validity": {"maxStartSkew": "10s", "maxGeneratorCpu": "100%%", "minLoadDelivered": "80%%"},
                  "assertions": ["errors < 1%%", "p95 of 'buy' < 5s", "p95 of 'shopping' < 5s"]
                }
                """.formatted(port));
    }

    /**
     * 10 iterations over 2 executors of a project laid out as Gatling's own demo. Its one request is named by the instant at
     * which Maven built it.
     */
    static LoadTest mavenProject(int port) {
        return new LoadTest("""
                {
                  "version": "loadstar/v1",
                  "name": "demo",
                  "target": {"baseUrl": "http://127.0.0.1:%d"},
                  "scenarios": [
                    {
                      "name": "visit",
                      "tool": "gatling",
                      "script": {"file": "pom.xml"},
                      "load": {"model": "iterations", "users": 2, "iterations": 10}
                    }
                  ],
                  "executors": {"count": 2},
                  "validity": {"maxStartSkew": "10s", "maxGeneratorCpu": "100%%"}
                }
                """.formatted(port))
                .without("jmeter/browse.jmx")
                .without("jmeter/skus.csv")
                .with("mvnw", "#!/bin/sh\nexit 1\n")
                .with(".mvn/wrapper/maven-wrapper.properties", "wrapperVersion=3.3.4\n")
                .with("src/test/resources/gatling.conf", "gatling {\n}\n")
                .with("src/test/resources/built.properties", "at=${built.at}\n")
                .with("pom.xml", """
                        <project xmlns="http://maven.apache.org/POM/4.0.0">
                          <modelVersion>4.0.0</modelVersion>
                          <groupId>io.gatling.demo</groupId>
                          <artifactId>gatling-maven-plugin-demo</artifactId>
                          <version>3.15.1</version>
                          <properties>
                            <maven.compiler.release>17</maven.compiler.release>
                            <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
                            <maven.build.timestamp.format>yyyyMMddHHmmssSSS</maven.build.timestamp.format>
                            <built.at>${maven.build.timestamp}</built.at>
                          </properties>
                          <dependencies>
                            <dependency>
                              <groupId>io.gatling</groupId>
                              <artifactId>gatling-http-java</artifactId>
                              <version>3.15.1</version>
                              <scope>test</scope>
                            </dependency>
                          </dependencies>
                          <build>
                            <testResources>
                              <testResource><directory>src/test/resources</directory><filtering>true</filtering></testResource>
                            </testResources>
                            <plugins>
                              <plugin><artifactId>maven-compiler-plugin</artifactId><version>3.14.1</version></plugin>
                              <plugin><artifactId>maven-resources-plugin</artifactId><version>3.4.0</version></plugin>
                              <plugin>
                                <groupId>io.gatling</groupId>
                                <artifactId>gatling-maven-plugin</artifactId>
                                <version>4.21.10</version>
                              </plugin>
                            </plugins>
                          </build>
                        </project>
                        """)
                .with("src/test/java/example/BasicSimulation.java", """
                        package example;

                        import static io.gatling.javaapi.core.CoreDsl.*;
                        import static io.gatling.javaapi.http.HttpDsl.*;

                        import io.gatling.javaapi.core.Simulation;
                        import java.util.ResourceBundle;

                        public class BasicSimulation extends Simulation {
                            private static final String BUILT = ResourceBundle.getBundle("built").getString("at");

                            {
                                setUp(scenario("Scenario").exec(http("built " + BUILT).get("/")).injectOpen(atOnceUsers(1)))
                                        .protocols(http.baseUrl(System.getProperty("loadstar.baseUrl")));
                            }
                        }
                        """);
    }

    /** One with 12 iterations in which one request is not found and the others are inside of a generated parent sample. */
    static LoadTest withParentTransactionAndFailures(int port) {
        return fromScript(port, 1, 3)
                .replacing(
                        "jmeter/browse.jmx",
                        "TransactionController.parent\">false",
                        "TransactionController.parent\">true")
                .replacing("jmeter/browse.jmx", "HTTPSampler.path\">/<", "HTTPSampler.path\">/nowhere<")
                .replacing("jmeter/browse.jmx", "<CSVDataSet ", HEADERS + "<CSVDataSet ")
                .replacing("loadstar.json", "\"load\":", "\"toolOptions\": {\"jmeter\": {\"jtl\": true}}, \"load\":")
                .replacing("loadstar.json", "\"assertions\": []", "\"assertions\": [\"p95 of 'shopping' < 5s\"]");
    }

    /** With a sampler in front of the others that runs this in each iteration. */
    LoadTest withGroovy(String script) {
        return replacing(
                "jmeter/browse.jmx",
                HOME,
                """
                <JSR223Sampler guiclass="TestBeanGUI" testclass="JSR223Sampler" testname="disaster">
                  <stringProp name="scriptLanguage">groovy</stringProp>
                  <stringProp name="cacheKey">true</stringProp>
                  <stringProp name="script">%s</stringProp>
                </JSR223Sampler>
                <hashTree/>
                """.formatted(script.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")) + HOME);
    }

    LoadTest with(String path, String content) {
        files.put(path, content);
        return this;
    }

    LoadTest without(String path) {
        files.remove(path);
        return this;
    }

    LoadTest replacing(String path, String text, String by) {
        String before = files.getOrDefault(path, "");
        if (!before.contains(text)) {
            throw new IllegalArgumentException(path + " has no " + text);
        }
        return with(path, before.replace(text, by));
    }

    Map<String, String> files() {
        return files;
    }

    private static String definition(int port, int executors, String loadFrom, String load, String... assertions) {
        String listed = assertions.length == 0 ? "" : "\"" + String.join("\", \"", assertions) + "\"";
        return """
                {
                  "version": "loadstar/v1",
                  "name": "browse",
                  "target": {"baseUrl": "http://127.0.0.1:%d"},
                  "scenarios": [
                    {
                      "name": "visit",
                      "tool": "jmeter",
                      "script": {"file": "jmeter/browse.jmx", "loadFrom": "%s"},
                      "load": %s
                    }
                  ],
                  "executors": {"count": %d},
                  "validity": {"maxStartSkew": "10s", "maxGeneratorCpu": "100%%", "minLoadDelivered": "80%%"},
                  "assertions": [%s]
                }
                """.formatted(port, loadFrom, load, executors, listed);
    }

    private static String browse(int loops) {
        try (InputStream plan = LoadTest.class.getResourceAsStream("browse.jmx")) {
            if (plan == null) {
                throw new IllegalStateException("browse.jmx is not on the class path");
            }
            return new String(plan.readAllBytes(), StandardCharsets.UTF_8).replace("@LOOPS@", Integer.toString(loops));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
