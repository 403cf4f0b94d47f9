package dev.loadstar.validator.target;

import java.util.List;

import dev.loadstar.contract.plan.RunPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TargetHostsTests {

    @ParameterizedTest
    @CsvSource({
        "https://shop.example.org/a, http://SHOP.example.org.:81, shop.example.org",
        "http://127.0.0.1:8090, http://localhost:9000, localhost",
        "http://127.1.2.3, http://[::1]:80, localhost",
        "http://0x7f000001, http://shop.localhost, localhost",
        "http://10.0.0.1, http://[::ffff:10.0.0.1], 10.0.0.1",
    })
    void oneHostHasOneSpelling(String one, String other, String host) {
        assertThat(hosts(one).common(hosts(other))).contains(host);
        assertThat(hosts(other).common(hosts(one))).contains(host);
    }

    @ParameterizedTest
    @CsvSource({
        "https://shop.example.org, https://auth.example.org",
        "https://shop.example.org, https://shop.example.org.evil.org",
        "http://127.0.0.1, http://10.0.0.1",
    })
    void othersHaveNothingInCommon(String one, String other) {
        assertThat(hosts(one).common(hosts(other))).isEmpty();
    }

    @Test
    void whatMayBeLoadedCountsAndWildcardsCoverWhatIsBelow() {
        var wide = hosts("https://a.example.org", "*.example.org");

        assertThat(wide.common(hosts("https://b.example.org"))).contains("b.example.org");
        assertThat(wide.common(hosts("https://x.eu.example.org", "*.eu.example.org")))
                .contains("*.eu.example.org");
        assertThat(wide.common(hosts("https://example.org"))).isEmpty();
        assertThat(hosts("https://a.org", "a.org", "b.org").common(hosts("https://c.org", "c.org", "b.org")))
                .contains("b.org");
    }

    private static TargetHosts hosts(String baseUrl, String... allowed) {
        return TargetHosts.of(new RunPlan.Target(baseUrl, List.of(allowed)));
    }
}
