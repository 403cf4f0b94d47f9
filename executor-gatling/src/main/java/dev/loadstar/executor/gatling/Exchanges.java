package dev.loadstar.executor.gatling;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.Map;

import dev.loadstar.executor.tool.Exchange;
import io.gatling.http.client.Request;
import io.gatling.http.client.body.RequestBody;
import io.gatling.http.response.Response;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;

/** What an HTTP request sent and what it was answered, as far as Gatling tells. */
final class Exchanges {

    /** Of the status line, and of a header beside its name and value. */
    private static final int LINE_BYTES = 15;

    private static final int HEADER_BYTES = 4;
    private static final byte[] NOTHING = {};

    private Exchanges() {}

    static Exchange of(Response response) {
        return new Exchange(request(response.request()), response(response));
    }

    static Exchange.Side request(Request request) {
        byte[] body = body(request);
        return new Exchange.Side(
                "%s %s%s".formatted(request.getMethod().name(), request.getUri().toUrl(), lines(request.getHeaders())),
                body,
                body.length,
                type(request.getHeaders()));
    }

    private static byte[] body(Request request) {
        RequestBody body = request.getBody();
        byte[] bytes = body == null ? null : body.getBytes();
        return bytes == null ? NOTHING : bytes;
    }

    private static Exchange.Side response(Response response) {
        return new Exchange.Side(
                response.status() + lines(response.headers()),
                response.body().bytes(),
                response.body().length(),
                type(response.headers()));
    }

    /** Head and body. */
    static long bytesReceived(Response response) {
        return bytesReceived(
                response.status(), response.headers(), response.body().length());
    }

    static long bytesReceived(HttpResponseStatus status, HttpHeaders headers, int body) {
        return LINE_BYTES + status.reasonPhrase().length() + bytes(headers) + body;
    }

    /** As epoch µs. */
    static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    /** Head, and body where its length is said. */
    static long bytesSent(Request request) {
        String length = request.getHeaders().get(HttpHeaderNames.CONTENT_LENGTH);
        return LINE_BYTES + request.getUri().toRelativeUrl().length() + bytes(request.getHeaders()) + number(length);
    }

    private static long number(@Nullable String text) {
        return text == null || !text.matches("[0-9]{1,18}") ? 0 : Long.parseLong(text);
    }

    private static long bytes(HttpHeaders headers) {
        long bytes = 2;
        Iterator<Map.Entry<CharSequence, CharSequence>> all = headers.iteratorCharSequence();
        while (all.hasNext()) {
            Map.Entry<CharSequence, CharSequence> header = all.next();
            bytes += header.getKey().length() + header.getValue().length() + HEADER_BYTES;
        }
        return bytes;
    }

    static String lines(HttpHeaders headers) {
        var lines = new StringBuilder();
        headers.forEach(header ->
                lines.append('\n').append(header.getKey()).append(": ").append(header.getValue()));
        return lines.toString();
    }

    static String type(HttpHeaders headers) {
        String type = headers.get(HttpHeaderNames.CONTENT_TYPE);
        return type == null ? "" : type;
    }
}
