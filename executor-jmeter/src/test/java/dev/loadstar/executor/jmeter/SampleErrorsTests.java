package dev.loadstar.executor.jmeter;

import org.apache.jmeter.assertions.AssertionResult;
import org.apache.jmeter.protocol.http.sampler.HTTPSampleResult;
import org.apache.jmeter.samplers.SampleResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SampleErrorsTests {

    private final SampleErrors errors = new SampleErrors(() -> false);

    @ParameterizedTest
    @CsvSource({
        "java.net.SocketTimeoutException, timeout",
        "org.apache.http.conn.ConnectTimeoutException, timeout",
        "org.apache.http.conn.HttpHostConnectException, connect.refused",
        "java.net.UnknownHostException, dns",
        "javax.net.ssl.SSLHandshakeException, tls",
        "org.apache.http.NoHttpResponseException, connection.closed",
        "java.net.SocketException, connection.closed",
        "java.net.URISyntaxException, other"
    })
    void exceptionsHaveTheirKind(String exception, String kind) {
        var result = http("Non HTTP response code: " + exception);
        result.setResponseMessage("Non HTTP response message: it broke");

        assertThat(errors.kind(result, false)).isEqualTo(kind);
        assertThat(errors.message(result)).isEqualTo("it broke");
    }

    @Test
    void statusIsTheKindEvenWhereAnAssertionFailedToo() {
        var result = http("503");
        result.setResponseMessage("Service Unavailable");
        result.addAssertionResult(failed());

        assertThat(errors.kind(result, false)).isEqualTo("http.503");
        assertThat(errors.message(result)).isEqualTo("Service Unavailable");
    }

    @Test
    void failedAssertionSpeaksForItself() {
        var result = http("200");
        result.addAssertionResult(failed());

        assertThat(errors.kind(result, false)).isEqualTo("assertion");
        assertThat(errors.message(result)).isEqualTo("expected to contain paid");
    }

    @Test
    void successThatAScriptTookBackIsTheScripts() {
        assertThat(errors.kind(http("200"), false)).isEqualTo("script");
    }

    @Test
    void interruptionByTheSessionItselfIsNoFaultOfTheTarget() {
        var result = http("Non HTTP response code: org.apache.http.impl.execchain.RequestAbortedException");

        assertThat(new SampleErrors(() -> true).kind(result, false)).isEqualTo("stopped");
    }

    @Test
    void statusOfANonHttpSamplerIsNoHttpStatus() {
        var result = new SampleResult();
        result.setResponseCode("500");

        assertThat(errors.kind(result, false)).isEqualTo("other");
    }

    private static HTTPSampleResult http(String code) {
        var result = new HTTPSampleResult();
        result.setResponseCode(code);
        return result;
    }

    private static AssertionResult failed() {
        var assertion = new AssertionResult("is paid");
        assertion.setResultForFailure("expected to contain paid");
        return assertion;
    }
}
