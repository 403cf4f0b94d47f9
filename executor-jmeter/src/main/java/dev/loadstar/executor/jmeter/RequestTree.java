package dev.loadstar.executor.jmeter;

import org.apache.jmeter.testelement.TestPlan;
import org.apache.jmeter.threads.ThreadGroup;
import org.apache.jorphan.collections.HashTree;
import org.apache.jorphan.collections.ListedHashTree;

/** Requests without a script as a plan of JMeter's. */
final class RequestTree {

    private RequestTree() {}

    static Script plan(String scenario, RequestRun run) {
        var group = new ThreadGroup();
        group.setName(scenario);
        group.setNumThreads(1);
        group.setIsSameUserOnNextIteration(true);
        var tree = new ListedHashTree();
        HashTree users = tree.add(new TestPlan(scenario)).add(group);
        run.samplers().forEach(users::add);
        return new Script(tree);
    }
}
