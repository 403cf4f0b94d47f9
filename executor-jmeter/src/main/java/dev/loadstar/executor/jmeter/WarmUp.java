package dev.loadstar.executor.jmeter;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import javax.script.ScriptException;

import dev.loadstar.contract.plan.Inputs;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.Requests;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.plan.Shard;
import dev.loadstar.executor.clock.OwnClock;
import dev.loadstar.executor.load.Supply;
import dev.loadstar.executor.secret.Secrets;
import dev.loadstar.executor.tool.ArrivalFate;
import dev.loadstar.executor.tool.Recorder;
import dev.loadstar.executor.tool.RowSource;
import dev.loadstar.executor.tool.Sample;
import dev.loadstar.executor.tool.WarmUpTarget;
import org.apache.jmeter.protocol.http.sampler.HTTPSamplerProxy;
import org.apache.jmeter.testelement.TestPlan;
import org.apache.jmeter.threads.ThreadGroup;
import org.apache.jmeter.util.JSR223TestElement;
import org.apache.jorphan.collections.ListedHashTree;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a small load of the same kind as the one to come, before it. */
final class WarmUp implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(WarmUp.class);

    /** Fresh users cost more than iterations of the same one: there are as many as a second of much load has. */
    private static final Load ARRIVALS = new Load.Open(
            1_000,
            List.of(new Load.RateStage("warm-up", Duration.ofMillis(1_200), 1_000, Load.Shape.HOLD, false)),
            Load.Arrivals.EVEN,
            1,
            8,
            Duration.ofSeconds(1));

    private static final Load ITERATIONS = new Load.Iterations(2, 600, Duration.ofMillis(800), Duration.ofSeconds(1));

    private final ScenarioPlan scenario;

    WarmUp(ScenarioPlan scenario) {
        this.scenario = scenario;
    }

    /** Does nothing where the script goes through a proxy, which would see it. */
    @Override
    public void run() {
        if (System.getProperty("http.proxyHost") == null) {
            WarmUpTarget.serve(this::load);
        }
    }

    /** Loads the compiler that JSR223 elements and {@code __groovy} use, which takes longer than all the rest. */
    static void groovy() {
        try {
            var engine = JSR223TestElement.getInstance().getEngineByName("groovy");
            if (engine != null) {
                engine.eval("[1, 2].collect { it * 2 }.sum().toString()");
            }
        } catch (ScriptException e) {
            log.warn("no warm-up of Groovy: {}", e.toString());
        }
    }

    private void load(InetSocketAddress server) throws IOException, InterruptedException {
        String host = server.getAddress().getHostAddress();
        var target = new RunPlan.Target("http://%s:%d".formatted(host, server.getPort()), List.of(host));
        Load load = scenario.load() instanceof Load.Open ? ARRIVALS : ITERATIONS;
        var requests = new Requests(Duration.ofSeconds(1), true, true, List.of(request("GET"), request("POST")));
        var plan = new ScenarioPlan("warm-up", scenario.tool(), Duration.ZERO, requests, load, List.of(), Set.of());
        var shard = new Shard(1, 0, 1, plan, target, List.of(), Inputs.NONE);
        try (var session = session(shard, requests, server)) {
            session.start(OwnClock.now());
            session.await();
        }
    }

    private JMeterSession session(Shard shard, Requests requests, InetSocketAddress server) throws IOException {
        if (scenario.work() instanceof Requests) {
            var run = RequestRun.of(requests, shard, Secrets.NONE, Path.of(""), new Nobody());
            return JMeterSession.prepare(shard, RequestTree.plan("warm-up", run), run, new Nobody(), () -> true);
        }
        return JMeterSession.prepare(shard, script(server), Supply.all(List.of()), new Nobody(), () -> true);
    }

    private static Requests.Request request(String method) {
        var page = new Requests.Expect(List.of(200), "loadstar", List.of());
        var body = method.equals("POST") ? new Requests.Body.Text("loadstar") : null;
        return new Requests.Request(
                method, method, "/", Map.of(), Map.of("X-Loadstar", "warm-up"), body, null, null, page, List.of());
    }

    private static Script script(InetSocketAddress server) {
        var group = new ThreadGroup();
        group.setName("warm-up");
        group.setNumThreads(1);
        group.setIsSameUserOnNextIteration(true);
        var request = new HTTPSamplerProxy();
        request.setName("warm-up");
        request.setMethod("GET");
        request.setProtocol("http");
        request.setDomain(server.getAddress().getHostAddress());
        request.setPort(server.getPort());
        request.setPath("/");
        request.setUseKeepAlive(true);
        request.setConnectTimeout("1000");
        request.setResponseTimeout("1000");
        var tree = new ListedHashTree();
        tree.add(new TestPlan("warm-up")).add(group).add(request);
        return new Script(tree);
    }

    /** Nothing of it counts. */
    private record Nobody() implements Recorder, RowSource {

        @Override
        public void record(Sample sample) {
            // Its classes are loaded, which is all that was wanted.
        }

        @Override
        public void arrival(long dueMicros, ArrivalFate fate) {
            // The same.
        }

        @Override
        public void prepare(String data, long most) {
            // Nothing asks for rows.
        }

        @Override
        public long next(String data) {
            return NONE;
        }
    }
}
