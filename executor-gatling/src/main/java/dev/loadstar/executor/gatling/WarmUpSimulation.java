package dev.loadstar.executor.gatling;

import io.gatling.javaapi.core.CoreDsl;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpDsl;

/** Says in Gatling's language what most simulations say. */
final class WarmUpSimulation extends Simulation {

    WarmUpSimulation(String baseUrl) {
        var http = HttpDsl.http.baseUrl(baseUrl).acceptHeader("application/json");
        var scenario = CoreDsl.scenario("warm-up")
                .exec(HttpDsl.http("get")
                        .get("/#{none.isUndefined()}")
                        .check(CoreDsl.jsonPath("$.says").saveAs("says")))
                .group("group")
                .on(HttpDsl.http("post").post("/").body(CoreDsl.StringBody("{\"heard\": \"#{none.isUndefined()}\"}")));
        setUp(scenario.injectOpen(CoreDsl.atOnceUsers(1))).protocols(http);
    }
}
