package dev.loadstar.executor.jmeter;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LiteralsTests {

    private final Literals literals = new Literals(Map.of("host", "shop.example", "n", "3"));

    @Test
    void propertyOfTheScenarioWinsOverTheDefault() {
        assertThat(literals.resolve("${__P(host,127.0.0.1)}:${__P(port,80)}")).hasValue("shop.example:80");
        assertThat(literals.resolve("${__property(other,,fallback)}")).hasValue("fallback");
        assertThat(literals.resolve("${__P(unset)}")).hasValue("1");
    }

    @Test
    void variablesResolveThroughEachOther() {
        literals.set("target", "${__P(host,x)}");
        literals.set("url", "http://${target}/");

        assertThat(literals.resolve("${url}")).hasValue("http://shop.example/");
    }

    @Test
    void whatOnlyARunKnowsStaysUnknown() {
        literals.set("loop", "${loop}");

        assertThat(literals.resolve("${__groovy(1+1)}")).isEmpty();
        assertThat(literals.resolve("${fromCsv}")).isEmpty();
        assertThat(literals.resolve("${loop}")).isEmpty();
    }
}
