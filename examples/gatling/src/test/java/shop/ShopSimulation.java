package shop;

import static io.gatling.javaapi.core.CoreDsl.*;
import static io.gatling.javaapi.http.HttpDsl.*;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import java.time.Duration;

/** Customers who look around, of whom some buy. An ordinary Gatling simulation: nothing in it knows of Loadstar but two property names. */
public class ShopSimulation extends Simulation {

    private final Duration think = Duration.ofMillis(Integer.getInteger("think.ms", 150));

    private final HttpProtocolBuilder shop =
            http.baseUrl(System.getProperty("loadstar.baseUrl", "http://127.0.0.1:8090")).acceptHeader("*/*");

    private final ChainBuilder buy = feed(csv("products.csv").circular())
            .group("buy")
            .on(
                    exec(http("list products")
                            .get("/api/products")
                            .check(jsonPath("$.items[?(@.sku == '#{sku}')].cents").ofInt().saveAs("cents"))),
                    pause(think),
                    exec(http("add to cart")
                            .post("/api/cart")
                            .header("Content-Type", "application/json")
                            .body(StringBody("{\"sku\": \"#{sku}\", \"quantity\": #{quantity}}"))
                            .check(status().is(201))));

    private final ScenarioBuilder browsing =
            scenario("browsing").exec(http("home").get("/")).pause(think);

    private final ScenarioBuilder buying =
            scenario("buying").exec(http("home").get("/")).pause(think).exec(buy);

    public ShopSimulation() {
        // With `loadFrom: definition` the definition says how much, and these two say who: two of three customers buy.
        setUp(
                        browsing.injectOpen(rampUsers(10).during(30)),
                        buying.injectOpen(rampUsers(20).during(30)))
                .protocols(shop);
    }
}
