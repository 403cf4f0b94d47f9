package dev.loadstar.executor.gatling;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import dev.loadstar.executor.clock.OwnClock;
import dev.loadstar.executor.request.Answer;
import dev.loadstar.executor.request.Outgoing;
import dev.loadstar.executor.tool.Exchange;
import dev.loadstar.executor.tool.Sample;
import io.gatling.http.client.HttpListener;
import io.gatling.http.client.Request;
import io.gatling.http.client.RequestBuilder;
import io.gatling.http.client.body.bytearray.ByteArrayRequestBodyBuilder;
import io.gatling.http.client.body.file.FileRequestBodyBuilder;
import io.gatling.http.client.resolver.InetAddressNameResolver;
import io.gatling.http.client.uri.Uri;
import io.gatling.http.util.HttpHelper;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/** One request on the wire and its response. Used on its user's event loop. */
final class RequestHop implements HttpListener, Answer {

    private final URI uri;
    private final String method;
    private final Consumer<RequestHop> atEnd;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final long startMicros = Exchanges.micros(OwnClock.now());
    private final long startNanos = System.nanoTime();
    private @Nullable Request request;
    private @Nullable HttpResponseStatus status;
    private HttpHeaders headers = EmptyHttpHeaders.INSTANCE;
    private @Nullable Throwable failure;
    private long firstByteNanos;
    private long endNanos;
    private boolean over;

    RequestHop(URI uri, String method, Consumer<RequestHop> atEnd) {
        this.uri = uri;
        this.method = method;
        this.atEnd = atEnd;
    }

    void send(
            List<Outgoing.Header> lines, Outgoing.@Nullable Body body, RequestIteration iteration, long timeoutMillis) {
        Uri to = Uri.create(uri.toString());
        var all = new DefaultHttpHeaders();
        lines.forEach(line -> all.add(line.name(), line.value()));
        if (!iteration.rules.requests().keepAlive()) {
            all.set("Connection", "close");
        }
        var builder = new RequestBuilder(
                        "request", HttpMethod.valueOf(method), to, InetAddressNameResolver.JAVA_RESOLVER)
                .setHeaders(all)
                .setCookies(CollectionConverters.asJava(iteration.cookies().get(to)))
                .setDefaultCharset(StandardCharsets.UTF_8)
                .setRequestTimeout(timeoutMillis);
        switch (body) {
            case null -> {}
            case Outgoing.TextBody text -> builder.setBodyBuilder(new ByteArrayRequestBodyBuilder(text.bytes(), null));
            case Outgoing.FileBody file ->
                builder.setBodyBuilder(new FileRequestBodyBuilder(file.file().toFile()));
        }
        Request built = builder.build();
        request = built;
        iteration.client.send(built, this);
    }

    void keepCookies(RequestIteration iteration) {
        var set = HttpHelper.responseCookies(headers);
        if (!set.isEmpty()) {
            iteration.keep(iteration.cookies().add(Uri.create(uri.toString()), set, EngineSettings.CLOCK.nowMillis()));
        }
    }

    @Override
    public void onFinalClientRequest(Request sent) {
        request = sent;
    }

    @Override
    public void onHttpResponse(HttpResponseStatus answered, HttpHeaders with) {
        if (!over) {
            firstByteNanos = System.nanoTime();
            status = answered;
            headers = with;
        }
    }

    @Override
    public void onHttpResponseBodyChunk(ByteBuf chunk, boolean last) {
        if (over) {
            return;
        }
        try {
            chunk.getBytes(chunk.readerIndex(), received, chunk.readableBytes());
        } catch (IOException e) {
            failure = e;
        }
        if (last) {
            end();
        }
    }

    @Override
    public void onThrowable(Throwable thrown) {
        if (!over) {
            Throwable cause = thrown;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            failure = cause;
            end();
        }
    }

    private void end() {
        over = true;
        endNanos = System.nanoTime();
        atEnd.accept(this);
    }

    URI uri() {
        return uri;
    }

    String method() {
        return method;
    }

    /** Why there is no whole response; null where there is one. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    @Override
    public int status() {
        return status == null ? 0 : status.code();
    }

    String reason() {
        return status == null ? "" : status.reasonPhrase();
    }

    @Override
    public String body() {
        return received.toString(HttpUtil.getCharset(Exchanges.type(headers), StandardCharsets.UTF_8));
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    long ttfbMicros() {
        return firstByteNanos == 0 ? -1 : (firstByteNanos - startNanos) / 1_000;
    }

    long bytesReceived() {
        return status == null ? 0 : Exchanges.bytesReceived(status, headers, received.size());
    }

    long bytesSent() {
        return request == null ? 0 : Exchanges.bytesSent(request);
    }

    Exchange exchange() {
        byte[] body = received.toByteArray();
        String head = status == null ? "" : "HTTP/1.1 " + status + Exchanges.lines(headers);
        var response = new Exchange.Side(head, body, body.length, Exchanges.type(headers));
        return new Exchange(
                request == null
                        ? new Exchange.Side(method + " " + uri, new byte[0], 0, "")
                        : Exchanges.request(request),
                response);
    }

    /** As a part of the request that was redirected. */
    Sample part(String label, @Nullable String errorKind, @Nullable String message) {
        return new Sample(
                label,
                Sample.Kind.PART,
                startMicros,
                -1,
                endNanos == 0 ? 0 : (endNanos - startNanos) / 1_000,
                ttfbMicros(),
                -1,
                bytesReceived(),
                bytesSent(),
                errorKind,
                message);
    }
}
