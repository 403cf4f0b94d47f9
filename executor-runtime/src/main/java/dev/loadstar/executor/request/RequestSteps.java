package dev.loadstar.executor.request;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import dev.loadstar.contract.plan.Inspection;
import dev.loadstar.contract.plan.Requests;
import dev.loadstar.contract.plan.Requests.Extract;
import dev.loadstar.contract.plan.Shard;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.Problem;
import dev.loadstar.executor.secret.PlanValues;
import dev.loadstar.executor.secret.Secrets;

/** A definition's requests as the steps of an iteration. */
public final class RequestSteps {

    private RequestSteps() {}

    /**
     * One after the other, each of which says what is to be sent when it is asked: the same every time, or picked by weight.
     *
     * @throws IOException if a file cannot be read, or an address makes no sense
     */
    public static List<Supplier<Step>> of(Requests requests, Shard shard, Secrets secrets, Path workspace)
            throws IOException {
        var values = new PlanValues(shard.inputs(), secrets);
        var steps = new ArrayList<Step>();
        for (Requests.Request request : requests.list()) {
            steps.add(Step.of(request, shard.target(), workspace.toAbsolutePath(), values));
        }
        if (requests.areWeighted()) {
            var weights = requests.list().stream().map(Requests.Request::weight).toList();
            return List.of(WeightedPick.of(steps, weights));
        }
        return steps.stream().<Supplier<Step>>map(step -> () -> step).toList();
    }

    /** What no tool could do of them; the rest the platform has checked. */
    public static Inspection inspect(Requests requests) {
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
