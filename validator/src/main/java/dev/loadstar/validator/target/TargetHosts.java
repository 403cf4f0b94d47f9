package dev.loadstar.validator.target;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.loadstar.contract.plan.RunPlan;

/**
 * The hosts that a test may load, in one spelling each, to compare with another test's. Everything that this machine
 * calls itself is {@code localhost}, and ports do not count: what listens on them shares the host.
 */
public record TargetHosts(List<String> names) {

    private static final String LOCAL = "localhost";

    public TargetHosts {
        names = List.copyOf(names);
    }

    /** Those of the address and of {@code allowHosts}, which no script may leave. */
    public static TargetHosts of(RunPlan.Target target) {
        return new TargetHosts(Stream.concat(WebAddress.host(target.baseUrl()).stream(), target.allowHosts().stream())
                .map(TargetHosts::normal)
                .distinct()
                .sorted()
                .toList());
    }

    /** A host that both may load. */
    public Optional<String> common(TargetHosts other) {
        return names.stream()
                .flatMap(own -> other.names.stream().flatMap(its -> common(own, its).stream()))
                .findFirst();
    }

    /** The narrower of two that cover each other. */
    private static Optional<String> common(String one, String other) {
        return covers(one, other) ? Optional.of(other) : covers(other, one) ? Optional.of(one) : Optional.empty();
    }

    private static boolean covers(String pattern, String host) {
        return pattern.startsWith("*.") ? host.endsWith(pattern.substring(1)) : host.equals(pattern);
    }

    private static String normal(String host) {
        String plain = TargetPolicy.plain(host);
        if (plain.equals(LOCAL) || plain.endsWith("." + LOCAL)) {
            return LOCAL;
        }
        return HostAddress.of(plain)
                .map(HostAddress::unwrapped)
                .map(address -> address.isLoopbackAddress() ? LOCAL : address.getHostAddress())
                .orElse(plain);
    }
}
