package dev.loadstar.executor.jmeter;

import dev.loadstar.executor.tool.Sample;
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

        assertThat(errors.kind(result, Sample.Kind.REQUEST)).isEqualTo(kind);
        assertThat(SampleErrors.message(result)).isEqualTo("it broke");
    }

    @Test
    void statusIsTheKindEvenWhereAnAssertionFailedToo() {
        var result = http("503");
        result.setResponseMessage("Service Unavailable");
        result.addAssertionResult(failed());

        assertThat(errors.kind(result, Sample.Kind.REQUEST)).isEqualTo("http.503");
        assertThat(SampleErrors.message(result)).isEqualTo("Service Unavailable");
    }

    @Test
    void failedAssertionSpeaksForItself() {
        var result = http("200");
        result.addAssertionResult(failed());

        assertThat(errors.kind(result, Sample.Kind.REQUEST)).isEqualTo("assertion");
        assertThat(SampleErrors.message(result)).isEqualTo("expected to contain paid");
    }

    @Test
    void pageWhosePictureIsMissingFailsAsThePictureDoesAndWithJMetersMessage() {
        var picture = http("404");
        var page = http("200");
        page.addRawSubResult(picture);
        page.setResponseMessage("Embedded resource download error:http://127.0.0.1/a.png code:404");

        assertThat(errors.kind(page, Sample.Kind.REQUEST)).isEqualTo("http.404");
        assertThat(SampleErrors.message(page)).startsWith("Embedded resource download error");
        assertThat(SampleErrors.cause(page, Sample.Kind.REQUEST)).isSameAs(picture);
    }

    @Test
    void resultWithoutAnyTextIsNoReasonToLoseIt() {
        var result = new SampleResult();
        result.setResponseMessage(null);
        result.setResponseCode(null);

        assertThat(errors.kind(result, Sample.Kind.REQUEST)).isEqualTo("other");
        assertThat(SampleErrors.message(result)).isEmpty();
    }

    @Test
    void successThatAScriptTookBackIsTheScripts() {
        assertThat(errors.kind(http("200"), Sample.Kind.REQUEST)).isEqualTo("script");
    }

    @Test
    void interruptionByTheSessionItselfIsNoFaultOfTheTarget() {
        var result = http("Non HTTP response code: org.apache.http.impl.execchain.RequestAbortedException");

        assertThat(new SampleErrors(() -> true).kind(result, Sample.Kind.REQUEST))
                .isEqualTo("stopped");
    }

    @Test
    void statusOfANonHttpSamplerIsNoHttpStatus() {
        var result = new SampleResult();
        result.setResponseCode("500");

        assertThat(errors.kind(result, Sample.Kind.REQUEST)).isEqualTo("other");
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
