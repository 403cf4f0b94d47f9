package dev.loadstar.validator.source;

import java.io.IOException;
import java.net.Proxy;
import java.net.URL;
import java.util.function.Predicate;

import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.JDKHttpConnectionFactory;
import org.jspecify.annotations.Nullable;

/** Opens no connection to a host that is refused, also where a redirect leads there. */
final class GuardedConnections extends JDKHttpConnectionFactory {

    private final Predicate<String> refused;

    GuardedConnections(Predicate<String> refused) {
        this.refused = refused;
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
        check(url);
        return super.create(url);
    }

    @Override
    public HttpConnection create(URL url, @Nullable Proxy proxy) throws IOException {
        check(url);
        return super.create(url, proxy);
    }

    private void check(URL url) throws IOException {
        if (refused.test(url.getHost())) {
            throw new HostRefused(url.getHost());
        }
    }

    /** The host may not be contacted. */
    static final class HostRefused extends IOException {
        HostRefused(String host) {
            super("The host %s may not be contacted".formatted(host));
        }
    }
}
