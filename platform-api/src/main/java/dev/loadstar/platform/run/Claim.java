package dev.loadstar.platform.run;

import java.util.List;
import java.util.Optional;

import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.validator.target.TargetHosts;
import jakarta.persistence.Convert;
import jakarta.persistence.Embeddable;

/**
 * The hosts that a run has for itself while it is under way.
 *
 * @param hosts as {@link TargetHosts} spells them
 * @param sharesTarget whether it may start beside a run that has one of them
 */
@Embeddable
record Claim(@Convert(converter = JsonColumn.OfTexts.class) List<String> hosts, boolean sharesTarget) {

    /** Of a run whose plan is not known yet. */
    static final Claim NONE = new Claim(List.of(), false);

    static Claim of(RunPlan.Target target) {
        return new Claim(TargetHosts.of(target).names(), target.shared());
    }

    /** A host that both claim. */
    Optional<String> common(Claim other) {
        return new TargetHosts(hosts).common(new TargetHosts(other.hosts));
    }
}
