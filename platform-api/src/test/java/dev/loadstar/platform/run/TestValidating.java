package dev.loadstar.platform.run;

import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;

import dev.loadstar.contract.plan.BaselinePlan;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.contract.problem.Problem;
import dev.loadstar.platform.Plans;
import dev.loadstar.platform.TinyWorker;
import dev.loadstar.validator.KnownSecrets;
import dev.loadstar.validator.Submission;
import dev.loadstar.validator.Validation;
import dev.loadstar.validator.definition.Overrides;
import dev.loadstar.validator.target.WebAddress;
import org.springframework.context.annotation.Primary;

/**
 * Decides by the address of the repository: {@code ok:<behaviour>}, {@code shared:<behaviour>}, {@code against:<baseline>},
 * {@code retry:<behaviour>}, {@code refused:}, {@code broken:}, {@code slow:}.
 */
@Primary
public class TestValidating implements Validating {

    /** Lets one slow validation after the other go on. */
    static final Semaphore SLOW = new Semaphore(0);

    @Override
    public Validation validate(Submission submission, KnownSecrets secrets) {
        if (submission instanceof Submission.Pasted pasted) {
            return new Validation.Accepted(
                    Plans.of(TinyWorker.Behaviour.QUICK, pasted.overrides()), List.of(pasted.definition()));
        }
        if (!(submission instanceof Submission.Git git)) {
            return refused();
        }
        String[] parts = git.url().split(":", 2);
        return switch (parts[0]) {
            case "ok" ->
                new Validation.Accepted(
                        Plans.of(TinyWorker.Behaviour.valueOf(parts[1]), git.overrides()), List.of("a warning"));
            case "shared" ->
                new Validation.Accepted(
                        Plans.of(
                                TinyWorker.Behaviour.valueOf(parts[1]),
                                true,
                                WebAddress.host(String.valueOf(git.overrides().target()))
                                        .orElseThrow()),
                        List.of());
            case "retry" ->
                new Validation.Accepted(
                        Plans.retrying(TinyWorker.Behaviour.valueOf(parts[1])),
                        List.of(git.ref() == null ? "no commit" : git.ref()));
            case "against" -> against(BaselinePlan.Use.valueOf(parts[1]), git.overrides());
            case "slow" -> slow();
            case "broken" -> throw new LoadstarException(ErrorCode.INTERNAL_ERROR, "The disk is full");
            default -> refused();
        };
    }

    /** Held against at most three others with the same label {@code env}. */
    private static Validation against(BaselinePlan.Use use, Overrides overrides) {
        var labels = new HashMap<>(overrides.labels());
        labels.keySet().retainAll(Set.of("env"));
        var baseline = new BaselinePlan(use, 3, BaselinePlan.IfMissing.SKIP, null, labels, null);
        return new Validation.Accepted(
                Plans.of(TinyWorker.Behaviour.QUICK, overrides).withBaseline(baseline), List.of());
    }

    private static Validation slow() {
        try {
            SLOW.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new Validation.Accepted(Plans.of(TinyWorker.Behaviour.QUICK), List.of());
    }

    private static Validation refused() {
        return new Validation.Refused(
                List.of(
                        Problem.at("/load/users", ErrorCode.UNIT_INVALID, "A number of users has no unit"),
                        Problem.at("/naem", ErrorCode.KEY_UNKNOWN, "'naem' is not known", "did you mean 'name'?")),
                "smoke",
                new RunPlan.Source("https://git.example.org/shop.git", "main", "9f2c0e6b", "loadstar.json"));
    }
}
