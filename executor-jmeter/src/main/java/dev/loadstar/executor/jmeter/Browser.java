package dev.loadstar.executor.jmeter;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URL;
import java.time.Duration;

import dev.loadstar.contract.definition.Units;
import dev.loadstar.contract.plan.Requests;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.executor.request.Outgoing;
import dev.loadstar.executor.request.Visit;
import dev.loadstar.executor.tool.HostRefusedException;
import org.apache.http.HttpEntity;
import org.apache.http.client.methods.HttpEntityEnclosingRequestBase;
import org.apache.http.client.methods.HttpRequestBase;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.entity.FileEntity;
import org.apache.http.protocol.HttpContext;
import org.apache.jmeter.protocol.http.control.CookieManager;
import org.apache.jmeter.protocol.http.sampler.HTTPHC4Impl;
import org.apache.jmeter.protocol.http.sampler.HTTPSampleResult;
import org.apache.jmeter.protocol.http.sampler.HTTPSamplerBase;
import org.jspecify.annotations.Nullable;

/**
 * One user's client: JMeter's own, with its connections and cookies, but given requests as they are in place of properties
 * in which JMeter would look for functions.
 */
final class Browser extends HTTPSamplerBase {

    private static final long serialVersionUID = 1L;

    private final transient RunPlan.Target target;
    private final transient Duration timeout;
    private final transient Client client;
    private final CookieManager cookies = new CookieManager();
    private transient Visit visit = Visit.NONE;
    private transient @Nullable Outgoing outgoing;
    private transient volatile long deadline;
    private transient volatile boolean sending;
    private transient volatile boolean late;

    Browser(Requests requests, RunPlan.Target target) {
        this.target = target;
        this.timeout = requests.timeout();
        setFollowRedirects(requests.followRedirects());
        setUseKeepAlive(requests.keepAlive());
        String millis = Long.toString(Math.max(1, timeout.toMillis()));
        setConnectTimeout(millis);
        setResponseTimeout(millis);
        cookies.testStarted();
        setCookieManager(cookies);
        this.client = new Client();
    }

    /** A new iteration: as a visitor who was never here, on the connections that are open. */
    void begin(Visit next) {
        visit = next;
        cookies.clear();
    }

    Visit visit() {
        return visit;
    }

    /** Sends a request and follows its redirects; an error is a result too. */
    HTTPSampleResult send(Outgoing request) {
        outgoing = request;
        // A GET with a body is another kind of request in JMeter's client.
        setPostBodyRaw(request.body() != null);
        late = false;
        deadline = System.nanoTime() + timeout.toNanos();
        sending = true;
        HTTPSampleResult result = sample(request.url(), request.method(), false, 0);
        sending = false;
        return late && result.getResponseCode().startsWith(NON_HTTP_RESPONSE_CODE) ? tooLate(result) : result;
    }

    private HTTPSampleResult tooLate(HTTPSampleResult result) {
        return errorResult(new SocketTimeoutException("No complete response within " + Units.text(timeout)), result);
    }

    /** The result of a request that cannot even be sent. */
    HTTPSampleResult failed(IOException reason) {
        var result = new HTTPSampleResult();
        result.sampleStart();
        result.sampleEnd();
        return errorResult(reason, result);
    }

    /** Cuts a request off whose time is over; to be called often, by another thread. */
    void checkTime() {
        if (sending && System.nanoTime() - deadline > 0) {
            late = true;
            client.interrupt();
        }
    }

    boolean cut() {
        return client.interrupt();
    }

    void close() {
        client.close();
    }

    @Override
    protected HTTPSampleResult sample(URL url, String method, boolean redirected, int depth) {
        if (redirected && !target.allows(url.getHost())) {
            return refused(url, method, HostRefusedException.of("The redirect", url.getHost()));
        }
        if (redirected && late) {
            return refused(url, method, new SocketTimeoutException());
        }
        return client.send(url, method, redirected, depth);
    }

    private HTTPSampleResult refused(URL url, String method, IOException reason) {
        HTTPSampleResult result = failed(reason);
        result.setURL(url);
        result.setHTTPMethod(method);
        return result;
    }

    private final class Client extends HTTPHC4Impl {

        Client() {
            super(Browser.this);
        }

        HTTPSampleResult send(URL url, String method, boolean redirected, int depth) {
            return sample(url, method, redirected, depth);
        }

        void close() {
            threadFinished();
        }

        /** Credentials are for the host that they were written for, not for where it redirects to. */
        @Override
        protected void setupRequest(URL url, HttpRequestBase request, HTTPSampleResult result) throws IOException {
            super.setupRequest(url, request, result);
            Outgoing current = outgoing;
            if (current == null) {
                return;
            }
            boolean sameHost = url.getHost().equalsIgnoreCase(current.url().getHost());
            for (Outgoing.Header header : current.headers()) {
                if (sameHost || !header.name().equalsIgnoreCase("Authorization")) {
                    request.addHeader(header.name(), header.value());
                }
            }
        }

        private static HttpEntity entity(Outgoing.Body body) {
            return switch (body) {
                case Outgoing.TextBody text -> new ByteArrayEntity(text.bytes());
                case Outgoing.FileBody bytes -> new FileEntity(bytes.file().toFile());
            };
        }

        @Override
        protected void handleMethod(
                String method, HTTPSampleResult result, HttpRequestBase request, HttpContext context) {
            Outgoing current = outgoing;
            Outgoing.Body body = current == null ? null : current.body();
            if (body != null && request instanceof HttpEntityEnclosingRequestBase carrying) {
                carrying.setEntity(entity(body));
                result.setQueryString(body.shown());
            }
        }
    }
}
