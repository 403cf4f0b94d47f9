package dev.loadstar.executor.jmeter;

import java.net.URI;

import org.apache.jmeter.protocol.http.sampler.HTTPSamplerProxy;
import org.apache.jmeter.testelement.TestPlan;
import org.apache.jmeter.threads.ThreadGroup;
import org.apache.jorphan.collections.ListedHashTree;

/** Does what most scripts do. */
final class WarmUpScript {

    private WarmUpScript() {}

    static Script of(String baseUrl) {
        URI server = URI.create(baseUrl);
        var group = new ThreadGroup();
        group.setName("warm-up");
        group.setNumThreads(1);
        group.setIsSameUserOnNextIteration(true);
        var request = new HTTPSamplerProxy();
        request.setName("warm-up");
        request.setMethod("GET");
        request.setProtocol(server.getScheme());
        request.setDomain(server.getHost());
        request.setPort(server.getPort());
        request.setPath("/");
        request.setUseKeepAlive(true);
        request.setConnectTimeout("1000");
        request.setResponseTimeout("1000");
        var tree = new ListedHashTree();
        tree.add(new TestPlan("warm-up")).add(group).add(request);
        return new Script(tree);
    }
}
