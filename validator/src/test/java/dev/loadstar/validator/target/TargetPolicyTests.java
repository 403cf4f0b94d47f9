package dev.loadstar.validator.target;

import java.util.List;

import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TargetPolicyTests {

    private static final TargetPolicy OPEN = new TargetPolicy(List.of(), List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "2852039166",
                "0xA9FEA9FE",
                "0xa9.0xfe.0xa9.0xfe",
                "0251.0376.0251.0376",
                "169.254.43518",
                "169.16689662",
                "169.254.0.1",
                "[fe80::1]",
                "[fe80::1%eth0]",
                "[fd00:ec2::254]",
                "[::ffff:169.254.169.254]",
                "[::ffff:a9fe:a9fe]",
                "[2002:a9fe:a9fe::1]",
                "[64:ff9b::a9fe:a9fe]",
                "metadata.google.internal",
                "METADATA.google.internal.",
                "0.0.0.0",
                "0",
                "[::]",
                "224.0.0.1",
                "[ff02::1]",
                "255.255.255.255"
            })
    void addressThatIsAlwaysRefusedIsKnownInEverySpelling(String host) {
        assertThat(TargetPolicy.isAlwaysRefused(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "[::1]", "10.0.0.1", "192.168.1.1", "nowhere.invalid", "8.8.8.8"})
    void ordinaryHostIsNot(String host) {
        assertThat(TargetPolicy.isAlwaysRefused(host)).isFalse();
    }

    @Test
    void baseUrlMustBeAmongTheAllowedHosts() {
        assertThat(OPEN.check(target("http://127.0.0.1:80/x", "shop.example.org"), "/target/baseUrl"))
                .containsExactly(new Problem(
                        "/target/baseUrl",
                        "target-not-allowed",
                        "The host 127.0.0.1 is not in `allowHosts`",
                        "Add it to /target/allowHosts"));
        assertThat(OPEN.check(target("http://127.0.0.1:80/x", "127.0.0.1"), "/target/baseUrl"))
                .isEmpty();
        assertThat(OPEN.check(target("https://a.nowhere.invalid", "*.nowhere.invalid"), "/target/baseUrl"))
                .isEmpty();
    }

    @Test
    void allowedHostsThatAreAlwaysRefusedAreNamed() {
        assertThat(OPEN.check(target("http://127.0.0.1", "127.0.0.1", "169.254.169.254"), "/target/baseUrl"))
                .extracting(Problem::pointer)
                .containsExactly("/target/allowHosts/1");
    }

    @Test
    void operatorListsStandAboveTheTest() {
        var onlyLocal = new TargetPolicy(List.of("127.0.0.1", "*.test.invalid"), List.of("bad.test.invalid"));

        assertThat(onlyLocal.check(target("http://127.0.0.1", "127.0.0.1"), "/target/baseUrl"))
                .isEmpty();
        assertThat(onlyLocal.check(target("http://a.test.invalid", "a.test.invalid"), "/target/baseUrl"))
                .isEmpty();
        assertThat(onlyLocal.check(target("http://bad.test.invalid", "bad.test.invalid"), "/target/baseUrl"))
                .extracting(Problem::message)
                .containsExactly("This server does not allow load on bad.test.invalid");
        assertThat(onlyLocal.check(target("http://10.0.0.1", "10.0.0.1"), "/target/baseUrl"))
                .hasSize(1);
    }

    @Test
    void hostsOfAScriptMustBeAllowedToo() {
        RunPlan.Target target = target("http://127.0.0.1", "127.0.0.1");

        assertThat(OPEN.check(target, List.of("127.0.0.1", "", "${host}"), "/x"))
                .isEmpty();
        assertThat(OPEN.check(target, List.of("other.invalid", "0xA9FEA9FE"), "/x"))
                .extracting(Problem::message)
                .containsExactly(
                        "Load would go to other.invalid, which is not in `allowHosts`",
                        "0xA9FEA9FE is 169.254.169.254, a link-local, metadata or multicast address, and is never loaded"
                                .replace("0xA9FEA9FE", "0xa9fea9fe"));
    }

    @ParameterizedTest
    @CsvSource({
        "http://shop.example.org,shop.example.org",
        "https://Shop.example.org:8443/a?b#c,shop.example.org",
        "http://me:x@127.0.0.1@169.254.169.254/,169.254.169.254",
        "http://0xA9FEA9FE/,0xa9fea9fe",
        "http://my_service:80,my_service",
        "http://[::1]:8080/,[::1]"
    })
    void hostIsReadAsClientsReadIt(String url, String host) {
        assertThat(WebAddress.host(url)).contains(host);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://", "http:///x", "http://a:99999", "http://a b", "http://a\\@b", "ftp://a", "http://a:b"})
    void whatIsNoWebAddressHasNoHost(String url) {
        assertThat(WebAddress.host(url)).isEmpty();
    }

    private static RunPlan.Target target(String baseUrl, String... allowHosts) {
        return new RunPlan.Target(baseUrl, List.of(allowHosts));
    }
}
