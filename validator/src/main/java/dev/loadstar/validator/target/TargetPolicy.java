package dev.loadstar.validator.target;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.Problem;

/**
 * Holds hosts against the test's own list, the operator's lists, and what is always refused: the addresses at which
 * clouds give out credentials, link-local, multicast and unspecified ones, also behind a name.
 */
public final class TargetPolicy {

    private static final Set<String> METADATA_NAMES = Set.of("metadata.google.internal", "metadata.goog");
    private static final Set<String> METADATA_ADDRESSES = Set.of(
            "fd00:ec2:0:0:0:0:0:254", "fd20:ce:0:0:0:0:0:254", "100.100.100.200", "192.0.0.192", "255.255.255.255");

    private final List<String> allowed;
    private final List<String> denied;

    /**
     * @param allowed the only hosts that may be loaded, {@code *.example.org} covers all below; empty allows every host
     * @param denied stronger than {@code allowed}
     */
    public TargetPolicy(List<String> allowed, List<String> denied) {
        this.allowed = List.copyOf(allowed);
        this.denied = List.copyOf(denied);
    }

    /**
     * What is wrong with the target's own address and host list.
     *
     * @param pointer where the address was given
     */
    public List<Problem> check(RunPlan.Target target, String pointer) {
        var problems = new ArrayList<Problem>();
        String host = host(target.baseUrl());
        if (!covered(host, target.allowHosts())) {
            problems.add(Problem.at(
                    pointer,
                    ErrorCode.TARGET_NOT_ALLOWED,
                    "The host %s is not in `allowHosts`".formatted(host),
                    "Add it to /target/allowHosts"));
        }
        refusal(host).ifPresent(why -> problems.add(Problem.at(pointer, ErrorCode.TARGET_NOT_ALLOWED, why)));
        for (int i = 0; i < target.allowHosts().size(); i++) {
            String entry = target.allowHosts().get(i);
            if (!plain(entry).equals(plain(host)) && !entry.startsWith("*.")) {
                String place = "/target/allowHosts/" + i;
                refusal(entry).ifPresent(why -> problems.add(Problem.at(place, ErrorCode.TARGET_NOT_ALLOWED, why)));
            }
        }
        return problems;
    }

    /** What is wrong with the hosts that a scenario contacts. */
    public List<Problem> check(RunPlan.Target target, Collection<String> hosts, String pointer) {
        var problems = new ArrayList<Problem>();
        for (String host : hosts) {
            if (host.isBlank() || host.contains("${")) {
                continue;
            }
            Optional<String> refusal = refusal(host);
            if (refusal.isPresent()) {
                problems.add(Problem.at(pointer, ErrorCode.TARGET_NOT_ALLOWED, refusal.get()));
            } else if (!covered(host, target.allowHosts())) {
                problems.add(Problem.at(
                        pointer,
                        ErrorCode.TARGET_NOT_ALLOWED,
                        "Load would go to %s, which is not in `allowHosts`".formatted(host),
                        "Allowed: " + String.join(", ", target.allowHosts())));
            }
        }
        return problems;
    }

    /** Whether the host is one that nobody may contact, whatever the operator allows. */
    public static boolean isAlwaysRefused(String host) {
        return alwaysRefused(plain(host)).isPresent();
    }

    private Optional<String> refusal(String host) {
        Optional<String> always = alwaysRefused(plain(host));
        if (always.isPresent()) {
            return always;
        }
        if (covered(host, denied) || (!allowed.isEmpty() && !covered(host, allowed))) {
            return Optional.of("This server does not allow load on %s".formatted(host));
        }
        return Optional.empty();
    }

    private static Optional<String> alwaysRefused(String host) {
        if (METADATA_NAMES.contains(host)) {
            return Optional.of("%s gives out a cloud's credentials and is never loaded".formatted(host));
        }
        Optional<InetAddress> literal = HostAddress.of(host);
        List<InetAddress> addresses =
                literal.map(List::of).orElseGet(() -> host.isEmpty() ? List.of() : resolved(host));
        return addresses.stream()
                .map(HostAddress::unwrapped)
                .filter(TargetPolicy::isRefused)
                .findFirst()
                .map(address -> literal.isPresent() && address.getHostAddress().equals(host)
                        ? "%s is a link-local, metadata or multicast address and is never loaded".formatted(host)
                        : "%s is %s, a link-local, metadata or multicast address, and is never loaded"
                                .formatted(host, address.getHostAddress()));
    }

    private static boolean isRefused(InetAddress address) {
        return address.isLinkLocalAddress()
                || address.isMulticastAddress()
                || address.isAnyLocalAddress()
                || METADATA_ADDRESSES.contains(address.getHostAddress().replaceAll("%.*", ""));
    }

    /** A name that is not known here may be known where the load is made. */
    private static List<InetAddress> resolved(String host) {
        try {
            return List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException e) {
            return List.of();
        }
    }

    private static boolean covered(String host, Collection<String> patterns) {
        String plain = plain(host);
        return patterns.stream()
                .map(TargetPolicy::plain)
                .anyMatch(pattern ->
                        pattern.startsWith("*.") ? plain.endsWith(pattern.substring(1)) : plain.equals(pattern));
    }

    static String plain(String host) {
        String plain = host.strip().toLowerCase(Locale.ROOT);
        if (plain.startsWith("[") && plain.endsWith("]")) {
            plain = plain.substring(1, plain.length() - 1);
        }
        return plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain;
    }

    private static String host(String baseUrl) {
        return WebAddress.host(baseUrl).orElse("");
    }
}
