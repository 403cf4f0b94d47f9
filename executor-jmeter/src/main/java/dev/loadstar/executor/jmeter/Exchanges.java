package dev.loadstar.executor.jmeter;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

import dev.loadstar.executor.tool.Exchange;
import org.apache.jmeter.protocol.http.sampler.HTTPSampleResult;
import org.apache.jmeter.samplers.SampleResult;
import org.jspecify.annotations.Nullable;

/** What a sampler sent and got, as far as JMeter keeps it: requests of HTTP, the sampler's data of everything else. */
final class Exchanges {

    private static final Pattern TYPE = Pattern.compile("(?im)^content-type[ \\t]*:[ \\t]*(.+)$");
    private static final String PLAIN = "text/plain; charset=UTF-8";

    private Exchanges() {}

    static Exchange of(SampleResult result) {
        return new Exchange(
                result instanceof HTTPSampleResult http ? request(http) : samplerData(result), response(result));
    }

    private static Exchange.Side request(HTTPSampleResult result) {
        String cookies = result.getCookies().isEmpty() ? "" : "Cookie: " + result.getCookies() + "\n";
        String headers = orEmpty(result.getRequestHeaders());
        var type = TYPE.matcher(headers);
        return text(
                "%s %s\n%s%s".formatted(result.getHTTPMethod(), result.getUrlAsString(), cookies, headers),
                result.getQueryString(),
                type.find() ? type.group(1).strip() : "");
    }

    private static Exchange.Side samplerData(SampleResult result) {
        return text(orEmpty(result.getRequestHeaders()), orEmpty(result.getSamplerData()), PLAIN);
    }

    private static Exchange.Side text(String head, String body, String type) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new Exchange.Side(head, bytes, bytes.length, type);
    }

    private static Exchange.Side response(SampleResult result) {
        String headers = orEmpty(result.getResponseHeaders());
        String outcome = "%s %s".formatted(result.getResponseCode(), result.getResponseMessage());
        byte[] body = result.getResponseData();
        return new Exchange.Side(
                headers.isEmpty() ? outcome.strip() : headers,
                body,
                Math.max(body.length, result.getBodySizeAsLong()),
                type(result));
    }

    private static String type(SampleResult result) {
        String type = orEmpty(result.getContentType());
        String media = type.isEmpty() && !SampleResult.BINARY.equals(result.getDataType()) ? "text/plain" : type;
        String charset = result.getDataEncodingNoDefault();
        return charset == null || media.contains("charset") ? media : media + "; charset=" + charset;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
