package dev.loadstar.executor.control;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;

import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.executor.tool.HostRefusedException;
import org.jspecify.annotations.Nullable;

/**
 * Refuses connections to hosts that the definition does not allow, also where a script computes the host while it runs. The
 * JDK asks a proxy selector before each connection of a socket or of an HTTP client, by name and by address. Who opens
 * channels, as Netty does, or asks for no proxy goes past it: it holds tests to what they say, and is no wall.
 */
public final class HostGuard extends ProxySelector implements AutoCloseable {

    private final RunPlan.Target target;
    private final WorkerAddress worker;
    private final @Nullable ProxySelector before;

    private HostGuard(RunPlan.Target target, WorkerAddress worker, @Nullable ProxySelector before) {
        this.target = target;
        this.worker = worker;
        this.before = before;
    }

    /**
     * Guards this process until it is closed.
     *
     * @param worker may be spoken to at any time
     */
    public static HostGuard install(RunPlan.Target target, WorkerAddress worker) {
        var guard = new HostGuard(target, worker, ProxySelector.getDefault());
        ProxySelector.setDefault(guard);
        return guard;
    }

    @Override
    public List<Proxy> select(URI uri) {
        String host = host(uri);
        boolean toWorker = uri.getPort() == worker.port() && host.equalsIgnoreCase(worker.host());
        if (!toWorker && !target.allows(host)) {
            HostGuard.<RuntimeException>fail(HostRefusedException.of(host));
        }
        return before == null ? List.of(Proxy.NO_PROXY) : before.select(uri);
    }

    /** Connecting fails with it as with any other reason, which code that connects is made for; this method may not declare it. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void fail(IOException reason) throws E {
        throw (E) reason;
    }

    /** Names with an underscore are none to {@link URI#getHost}. */
    private static String host(URI uri) {
        String host = uri.getHost();
        return host != null
                ? host
                : String.valueOf(uri.getAuthority()).replaceFirst("^.*@", "").replaceFirst(":\\d*$", "");
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException reason) {
        if (before != null) {
            before.connectFailed(uri, address, reason);
        }
    }

    @Override
    public void close() {
        ProxySelector.setDefault(before);
    }
}
