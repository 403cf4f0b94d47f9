package dev.loadstar.executor.gatling;

import java.net.InetAddress;
import java.util.List;
import java.util.function.Predicate;

import dev.loadstar.executor.tool.HostRefusedException;
import io.gatling.core.session.Session;
import io.gatling.http.cache.DnsCacheSupport$;
import io.gatling.http.client.HttpListener;
import io.gatling.http.client.resolver.InetAddressNameResolver;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import scala.Option;

/**
 * Lets a user connect to allowed hosts alone. Gatling's client asks the resolver in a user's session for each host before it
 * connects to it, by name and by address; a proxy's it does not.
 *
 * @param own the one that Gatling gave to the user
 */
@SuppressWarnings("try") // Gatling's resolvers may throw anything when they are closed
record AllowedNames(InetAddressNameResolver own, Predicate<String> allowed) implements InetAddressNameResolver {

    /** The session of a user who begins, held to those hosts. */
    static Session in(Session session, Predicate<String> allowed) {
        String name = DnsCacheSupport$.MODULE$.DnsNameResolverAttributeName();
        Option<Object> own = session.attributes().get(name);
        return own.isEmpty()
                ? session
                : session.set(name, new AllowedNames((InetAddressNameResolver) own.get(), allowed));
    }

    @Override
    public Future<List<InetAddress>> resolveAll(
            String host, Promise<List<InetAddress>> promise, HttpListener listener) {
        return allowed.test(host)
                ? own.resolveAll(host, promise, listener)
                : promise.setFailure(HostRefusedException.of(host));
    }

    @Override
    public void close() throws Exception {
        own.close();
    }
}
