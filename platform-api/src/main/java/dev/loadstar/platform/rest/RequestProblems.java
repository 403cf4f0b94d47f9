package dev.loadstar.platform.rest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.contract.problem.Problem;
import dev.loadstar.validator.definition.Overrides;
import dev.loadstar.validator.definition.Pointers;
import dev.loadstar.validator.target.WebAddress;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with a request, whether it came as JSON or as query parameters: pointers name the JSON's places. */
public final class RequestProblems {

    private static final int MOST_ENTRIES = 100;
    private static final int LONGEST_KEY = 100;
    private static final int LONGEST_VALUE = 1000;

    private final List<Problem> found = new ArrayList<>();

    public void invalid(String pointer, String message) {
        found.add(Problem.at(pointer, ErrorCode.VALUE_INVALID, message));
    }

    void unknown(String key, List<String> known) {
        String message = "'%s' is not known; known are %s".formatted(key, String.join(", ", known));
        found.add(Problem.at(Pointers.child("", key), ErrorCode.KEY_UNKNOWN, message));
    }

    void addAll(List<Problem> problems) {
        found.addAll(problems);
    }

    /** @throws LoadstarException REQUEST_INVALID with every problem, if there is one */
    public void check() {
        if (!found.isEmpty()) {
            String detail = found.size() == 1 ? found.getFirst().message() : "The request has problems";
            throw new LoadstarException(ErrorCode.REQUEST_INVALID, detail, found);
        }
    }

    /** Texts {@code key=value}, taken apart. */
    Map<String, String> pairs(String place, @Nullable List<String> given) {
        var pairs = new LinkedHashMap<String, String>();
        for (String pair : given == null ? List.<String>of() : given) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                invalid("/" + place, "'%s' is not key=value".formatted(pair));
            } else {
                pairs.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return pairs;
    }

    /** The overrides, once they are of the kind that may be given. */
    public Overrides overrides(Map<String, String> labels, @Nullable String target, Map<String, String> variables) {
        checkEntries("labels", labels);
        checkEntries("variables", variables);
        if (target != null) {
            checkTarget(target);
        }
        return new Overrides(labels, target, variables);
    }

    private void checkTarget(String target) {
        if (WebAddress.host(target).isEmpty()) {
            invalid("/target", "'target' is an address such as https://shop.example.org, not '%s'".formatted(target));
        } else if (WebAddress.hasCredentials(target)) {
            invalid("/target", "'target' holds credentials; everybody who sees the run would see them");
        }
    }

    private void checkEntries(String key, Map<String, String> entries) {
        if (entries.size() > MOST_ENTRIES) {
            invalid("/" + key, "'%s' has %d entries, more than %d".formatted(key, entries.size(), MOST_ENTRIES));
        }
        entries.forEach((name, value) -> {
            if (name.isBlank() || name.length() > LONGEST_KEY || value.length() > LONGEST_VALUE) {
                invalid(
                        Pointers.child("/" + key, name),
                        "A name has 1 to %d characters, its value at most %d".formatted(LONGEST_KEY, LONGEST_VALUE));
            }
        });
    }
}
