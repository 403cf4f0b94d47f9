package dev.loadstar.acceptance;

import java.util.Map;
import java.util.TreeMap;

import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.demo.DemoTarget;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

/** Requests per label, once as reported and once as the target logged them. */
final class Counts {

    private static final Map<String, String> LABELS =
            Map.of("GET /", "home", "GET /api/products", "products", "POST /api/cart", "add to cart");

    private Counts() {}

    static Map<String, Long> perLabel(RunDocument run) {
        return run.labels().stream()
                .filter(label -> label.kind().equals("request"))
                .collect(toMap(
                        RunDocument.LabelResult::label, RunDocument.LabelResult::requests, Long::sum, TreeMap::new));
    }

    static Map<String, Long> perLabel(DemoTarget target) {
        return target.arrivals().stream()
                .collect(groupingBy(
                        arrival -> LABELS.getOrDefault(
                                arrival.method() + " " + arrival.path(), arrival.method() + " " + arrival.path()),
                        TreeMap::new,
                        counting()));
    }
}
