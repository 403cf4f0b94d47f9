package dev.loadstar.executor.jmeter;

import java.util.ArrayList;
import java.util.List;

import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import dev.loadstar.contract.plan.Inspection;
import dev.loadstar.contract.plan.Requests;
import dev.loadstar.contract.plan.Requests.Extract;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.Problem;
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

    /** What JMeter could not do of it; the rest the platform has checked. */
    static Inspection inspect(Requests requests) {
        var problems = new ArrayList<Problem>();
        for (int r = 0; r < requests.list().size(); r++) {
            Requests.Request request = requests.list().get(r);
            String place = "/requests/" + r;
            for (int c = 0; c < request.expect().jsonPath().size(); c++) {
                String path = request.expect().jsonPath().get(c).path();
                check(path, "%s/expect/jsonPath/%d/path".formatted(place, c), problems);
            }
            for (int e = 0; e < request.extract().size(); e++) {
                Extract extract = request.extract().get(e);
                if (extract.from() == Extract.From.JSON_PATH) {
                    check(extract.expression(), "%s/extract/%d/jsonPath".formatted(place, e), problems);
                }
            }
        }
        var labels = requests.list().stream().map(Requests.Request::name).toList();
        return new Inspection(problems, List.of(), labels, List.of(), List.of());
    }

    private static void check(String path, String pointer, List<Problem> problems) {
        try {
            JsonPath.compile(path);
        } catch (InvalidPathException | IllegalArgumentException e) {
            problems.add(Problem.at(
                    pointer,
                    ErrorCode.VALUE_INVALID,
                    "\"%s\" is no JSONPath: %s".formatted(path, String.valueOf(e.getMessage())),
                    "A path looks like $.items[0].id"));
        }
    }
}
