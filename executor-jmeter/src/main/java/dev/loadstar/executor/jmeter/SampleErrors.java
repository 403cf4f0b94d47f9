package dev.loadstar.executor.jmeter;

import java.util.Arrays;
import java.util.Map;
import java.util.function.BooleanSupplier;

import org.apache.jmeter.assertions.AssertionResult;
import org.apache.jmeter.protocol.http.sampler.HTTPSampleResult;
import org.apache.jmeter.samplers.SampleResult;
import org.apache.jmeter.threads.JMeterContextService;
import org.apache.jmeter.util.BeanShellTestElement;
import org.apache.jmeter.util.JSR223TestElement;
import org.jspecify.annotations.Nullable;

/** Why a sample failed, in the platform's words. */
final class SampleErrors {

    private static final String NOT_HTTP_CODE = "Non HTTP response code: ";
    private static final String NOT_HTTP_MESSAGE = "Non HTTP response message: ";

    private static final Map<String, String> KINDS = Map.ofEntries(
            Map.entry("SocketTimeoutException", "timeout"),
            Map.entry("ConnectTimeoutException", "timeout"),
            Map.entry("ConnectionPoolTimeoutException", "timeout"),
            Map.entry("HttpHostConnectException", "connect.refused"),
            Map.entry("ConnectException", "connect.refused"),
            Map.entry("UnknownHostException", "dns"),
            Map.entry("NoHttpResponseException", "connection.closed"),
            Map.entry("ConnectionClosedException", "connection.closed"),
            Map.entry("TruncatedChunkException", "connection.closed"),
            Map.entry("MalformedChunkCodingException", "connection.closed"),
            Map.entry("ClosedChannelException", "connection.closed"),
            Map.entry("EOFException", "connection.closed"),
            Map.entry("SocketException", "connection.closed"));

    private final BooleanSupplier cut;

    SampleErrors(BooleanSupplier cut) {
        this.cut = cut;
    }

    String kind(SampleResult result, boolean transaction) {
        String code = String.valueOf(result.getResponseCode());
        if (code.startsWith(NOT_HTTP_CODE)) {
            return exceptionKind(code.substring(NOT_HTTP_CODE.length()).strip());
        }
        if (isHttpError(code) && (transaction || result instanceof HTTPSampleResult)) {
            return "http." + code;
        }
        if (failedAssertion(result) != null) {
            return "assertion";
        }
        return transaction ? "other" : ofScript(result);
    }

    @Nullable
    String message(SampleResult result) {
        String code = String.valueOf(result.getResponseCode());
        AssertionResult assertion = failedAssertion(result);
        if (assertion != null && !isHttpError(code) && !code.startsWith(NOT_HTTP_CODE)) {
            String message = assertion.getFailureMessage();
            return message == null || message.isBlank() ? assertion.getName() : message;
        }
        String message = result.getResponseMessage();
        return message.startsWith(NOT_HTTP_MESSAGE) ? message.substring(NOT_HTTP_MESSAGE.length()) : message;
    }

    /** An exception that the session's own cut caused says nothing about the target. */
    private String exceptionKind(String exception) {
        String simple = exception.substring(exception.lastIndexOf('.') + 1);
        if (cut.getAsBoolean()
                && (simple.contains("Abort") || simple.contains("Interrupted") || simple.equals("SocketException"))) {
            return "stopped";
        }
        if (exception.startsWith("javax.net.ssl.") || simple.startsWith("SSL") || simple.startsWith("Cert")) {
            return "tls";
        }
        return KINDS.getOrDefault(simple, "other");
    }

    /** What failed with neither a code nor an assertion was failed by code of the user. */
    private static String ofScript(SampleResult result) {
        var sampler = JMeterContextService.getContext().getCurrentSampler();
        boolean script = sampler instanceof JSR223TestElement || sampler instanceof BeanShellTestElement;
        return script || result instanceof HTTPSampleResult ? "script" : "other";
    }

    private static boolean isHttpError(String code) {
        return code.length() == 3 && (code.charAt(0) == '4' || code.charAt(0) == '5');
    }

    private static @Nullable AssertionResult failedAssertion(SampleResult result) {
        return Arrays.stream(result.getAssertionResults())
                .filter(assertion -> assertion.isFailure() || assertion.isError())
                .findFirst()
                .orElse(null);
    }
}
