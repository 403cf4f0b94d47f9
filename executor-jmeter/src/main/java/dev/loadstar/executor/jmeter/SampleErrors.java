package dev.loadstar.executor.jmeter;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;

import dev.loadstar.executor.tool.HostRefusedException;
import dev.loadstar.executor.tool.Sample;
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
            Map.entry("HostRefusedException", HostRefusedException.KIND),
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

    String kind(SampleResult result, Sample.Kind of) {
        SampleResult cause = cause(result, of);
        String code = String.valueOf(cause.getResponseCode());
        if (code.startsWith(NOT_HTTP_CODE)) {
            return exceptionKind(code.substring(NOT_HTTP_CODE.length()).strip());
        }
        boolean transaction = of == Sample.Kind.TRANSACTION;
        if (isHttpError(code) && (transaction || cause instanceof HTTPSampleResult)) {
            return "http." + code;
        }
        if (failedAssertion(cause) != null) {
            return "assertion";
        }
        return transaction ? "other" : ofScript(cause);
    }

    static String message(SampleResult result) {
        AssertionResult assertion = failedAssertion(result);
        if (assertion != null && !failedBeforeAssertions(result)) {
            String message = assertion.getFailureMessage();
            return message == null || message.isBlank() ? String.valueOf(assertion.getName()) : message;
        }
        String message = Objects.requireNonNullElse(result.getResponseMessage(), "");
        return message.startsWith(NOT_HTTP_MESSAGE) ? message.substring(NOT_HTTP_MESSAGE.length()) : message;
    }

    /**
     * The result that says why: the part that failed, where a request failed because of one and was answered well itself,
     * as a page is whose picture is missing. A transaction stands for itself; its requests are recorded too.
     */
    static SampleResult cause(SampleResult result, Sample.Kind of) {
        if (of == Sample.Kind.TRANSACTION || failedBeforeAssertions(result) || failedAssertion(result) != null) {
            return result;
        }
        return Arrays.stream(result.getSubResults())
                .filter(part -> !part.isSuccessful())
                .findFirst()
                .map(part -> cause(part, Sample.Kind.PART))
                .orElse(result);
    }

    private static boolean failedBeforeAssertions(SampleResult result) {
        String code = String.valueOf(result.getResponseCode());
        return code.startsWith(NOT_HTTP_CODE) || isHttpError(code);
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

    static @Nullable AssertionResult failedAssertion(SampleResult result) {
        return Arrays.stream(result.getAssertionResults())
                .filter(assertion -> assertion.isFailure() || assertion.isError())
                .findFirst()
                .orElse(null);
    }
}
