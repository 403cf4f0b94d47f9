package dev.loadstar.validator.definition;

import java.util.List;

import dev.loadstar.contract.plan.DataPlan.OnExhausted;
import dev.loadstar.contract.plan.DataPlan.Order;
import dev.loadstar.contract.plan.DataPlan.Share;
import dev.loadstar.contract.problem.ErrorCode;
import tools.jackson.databind.node.MissingNode;

/** Holds what is asked of data against the scenarios that use it. */
final class DataUse {

    private final Definition.Data data;
    private final Problems problems;

    private DataUse(Definition.Data data, Problems problems) {
        this.data = data;
        this.problems = problems;
    }

    static void check(List<Definition.Data> all, List<Definition.Scenario> scenarios, Problems problems) {
        for (Definition.Data data : all) {
            List<Definition.Scenario> users = scenarios.stream()
                    .filter(scenario -> scenario.data().contains(data.name()))
                    .toList();
            new DataUse(data, problems).check(users);
        }
    }

    private void check(List<Definition.Scenario> users) {
        if (data.share() == Share.UNIQUE && users.size() > 1) {
            problem(
                    "share",
                    ErrorCode.VALUE_INVALID,
                    "%d scenarios use `%s`, whose rows may be used once".formatted(users.size(), data.name()),
                    "Give each scenario data of its own, or set `share` to `partition`");
        }
        boolean requests = users.stream().anyMatch(user -> user.requests().isPresent());
        if (requests && data.share() == Share.UNIQUE && data.onExhausted() == OnExhausted.RECYCLE) {
            problem(
                    "onExhausted",
                    ErrorCode.VALUE_INVALID,
                    "Rows of `%s` may be used once, so that they cannot be recycled".formatted(data.name()),
                    "Set `onExhausted` to `stopUsers` or `failTest`");
        }
        if (users.stream().anyMatch(user -> user.script().isPresent())) {
            checkForScript();
        }
    }

    /** A script reads its file itself; all that can be decided for it is which rows are in there. */
    private void checkForScript() {
        if (data.order() == Order.RANDOM) {
            notYet("order");
        }
        if (data.onExhausted() != OnExhausted.RECYCLE) {
            notYet("onExhausted");
        }
        if (data.sensitive()) {
            notYet("sensitive");
        }
    }

    private void notYet(String key) {
        problem(
                key,
                ErrorCode.NOT_SUPPORTED_YET,
                "`%s` is not supported yet for data that a script reads".formatted(key),
                "Remove it, or use the data in `requests` alone");
    }

    private void problem(String key, ErrorCode code, String message, String hint) {
        problems.add(new Place(Pointers.child(data.pointer(), key), MissingNode.getInstance()), code, message, hint);
    }
}
