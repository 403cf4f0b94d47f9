package dev.loadstar.validator.definition;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.loadstar.contract.plan.Requests;
import dev.loadstar.contract.plan.Requests.Body;
import dev.loadstar.contract.plan.Requests.Request;
import dev.loadstar.contract.plan.Requests.ThinkTime;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.template.Template;
import dev.loadstar.validator.target.WebAddress;
import org.jspecify.annotations.Nullable;

/** Reads {@code requests} with the definition's {@code defaults} filled in. */
final class RequestsReader {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Set<String> OWN_HEADERS = Set.of("content-length", "transfer-encoding", "connection");
    private static final Set<String> WITHOUT_BODY = Set.of("HEAD", "OPTIONS");

    private final Place defaults;
    private final References references;
    private final Problems problems;
    private final List<Definition.Address> addresses = new ArrayList<>();

    RequestsReader(Place defaults, References references, Problems problems) {
        this.defaults = defaults;
        this.references = references;
        this.problems = problems;
    }

    /** Addresses with a host of their own. */
    List<Definition.Address> addresses() {
        return List.copyOf(addresses);
    }

    Requests read(Place list) {
        checkWeights(list);
        boolean weighted =
                list.items().stream().allMatch(request -> request.at("weight").exists());
        var requests = new ArrayList<Request>();
        for (Place place : list.items()) {
            var response = new ResponseReader(references, problems);
            requests.add(request(place, response));
            if (!weighted) {
                response.extracted().forEach(references::extracts);
            }
        }
        return new Requests(
                timeout(defaults.at("timeout")),
                defaults.at("keepAlive").flag().orElse(true),
                defaults.at("followRedirects").flag().orElse(true),
                requests);
    }

    private Duration timeout(Place place) {
        Duration timeout = place.duration(TIMEOUT);
        if (timeout.isZero()) {
            problems.invalid(place, "`timeout` must be longer than 0");
        }
        return timeout;
    }

    private void checkWeights(Place list) {
        List<Place> without = list.items().stream()
                .filter(request -> !request.at("weight").exists())
                .toList();
        if (without.size() < list.items().size()) {
            without.forEach(request -> problems.add(
                    request,
                    ErrorCode.VALUE_INVALID,
                    "`weight` is missing",
                    "Give one to every request, or to none: then they run in order"));
        }
    }

    private Request request(Place place, ResponseReader response) {
        String method = place.at("method").text("GET");
        checkPath(place.at("path"));
        Body body = body(place.at("body"), method);
        Requests.Expect expect = response.expect(place.at("expect"));
        return new Request(
                place.at("name").text(""),
                method,
                place.at("path").text("/"),
                texts(place.at("query")),
                headers(place.at("headers")),
                body,
                thinkTime(place.at("thinkTime")),
                place.at("weight").node().isNumber() ? place.at("weight").node().doubleValue() : null,
                expect,
                response.extract(place.at("extract")));
    }

    private void checkPath(Place place) {
        Optional<Template> path = place.text().flatMap(text -> references.check(place, text));
        if (path.isEmpty() || !place.text("").matches("(?s)https?://.*")) {
            return;
        }
        String begin = path.get().parts().getFirst().literal();
        boolean whole = path.get().references().isEmpty() || begin.matches("https?://[^/?]+[/?].*");
        Optional<String> host = whole ? WebAddress.host(begin) : Optional.empty();
        host.ifPresentOrElse(
                name -> addresses.add(new Definition.Address(place.pointer(), name)),
                () -> problems.add(
                        place,
                        ErrorCode.VALUE_INVALID,
                        "`path`: %s has no host that is known before the run".formatted(place.node()),
                        "Write the host as it is; values may stand after it"));
    }

    private Map<String, String> texts(Place place) {
        place.texts().forEach((key, text) -> references.check(place.at(key), text));
        return place.texts();
    }

    /** The request's own in place of those of the same name in the defaults, whatever their capitals. */
    private Map<String, String> headers(Place place) {
        var headers = new LinkedHashMap<String, String>();
        add(defaults.at("headers"), headers);
        add(place, headers);
        return headers;
    }

    private void add(Place place, Map<String, String> headers) {
        texts(place).forEach((name, value) -> {
            checkHeader(place.at(name), name, value);
            headers.keySet().removeIf(name::equalsIgnoreCase);
            headers.put(name, value);
        });
    }

    private void checkHeader(Place place, String name, String value) {
        if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
            problems.add(place, ErrorCode.VALUE_INVALID, "\"%s\" is no name of a header".formatted(name), null);
        } else if (OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
            problems.add(
                    place,
                    ErrorCode.VALUE_INVALID,
                    "`%s` is set by the tool".formatted(name),
                    "`defaults.keepAlive` decides about connections");
        } else if (value.chars().anyMatch(sign -> sign < ' ' && sign != '\t')) {
            problems.add(
                    place, ErrorCode.VALUE_INVALID, "The value of `%s` is more than one line".formatted(name), null);
        }
    }

    private @Nullable Body body(Place place, String method) {
        if (place.exists() && WITHOUT_BODY.contains(method)) {
            problems.add(place, ErrorCode.VALUE_INVALID, "A %s request has no body".formatted(method), null);
        }
        if (place.at("json").exists()) {
            return new Body.Json(new JsonTemplate(references).write(place.at("json")));
        }
        if (place.at("form").exists()) {
            return new Body.Form(texts(place.at("form")));
        }
        if (place.at("file").exists()) {
            return new Body.File(place.at("file").text(""));
        }
        return place.at("text")
                .text()
                .map(text -> {
                    references.check(place.at("text"), text);
                    return new Body.Text(text);
                })
                .orElse(null);
    }

    private @Nullable ThinkTime thinkTime(Place place) {
        Optional<Duration> min = place.at("min").duration();
        Optional<Duration> max = place.at("max").duration();
        if (min.isEmpty() || max.isEmpty()) {
            return null;
        }
        if (min.get().compareTo(max.get()) > 0) {
            problems.invalid(place, "`min` is longer than `max`");
        }
        return new ThinkTime(min.get(), max.get());
    }
}
