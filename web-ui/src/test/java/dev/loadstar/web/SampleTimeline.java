package dev.loadstar.web;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.loadstar.results.LoadPoint;
import dev.loadstar.results.TargetSeries;
import dev.loadstar.results.TimelinePoint;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What the sample run's scripts ask for: a timeline, failing samples, files. */
@RestController
class SampleTimeline {

    private static final Instant START = Instant.parse("2026-11-20T10:00:02Z");

    @GetMapping("/api/v1/projects/{project}/runs/{number}/timeline")
    List<TimelinePoint> timeline(@PathVariable int number) {
        boolean open = number == 47;
        return IntStream.range(0, 30)
                .mapToObj(second -> new TimelinePoint(
                        START.plusSeconds(second),
                        1,
                        Math.min(2000, second * 400L) + second % 7L * 13,
                        second == 12 ? 12 : 0,
                        8.0 + second % 5,
                        17.0 + second % 9,
                        31.0 + second % 4 * 20,
                        Math.min(20.0, second * 4.0),
                        Math.min(20.0, second * 4.0),
                        open ? (Double) (20.0 + second % 9 * 3) : null,
                        open ? (Double) Math.min(36.0, second * 7.2) : null,
                        open ? (Double) Math.min(33.0, second * 7.0) : null,
                        open ? (Double) (second > 20 ? 3.0 : 0) : null))
                .toList();
    }

    @GetMapping("/api/v1/projects/{project}/runs/{number}/load")
    List<LoadPoint> load() {
        return IntStream.range(0, 30)
                .mapToObj(second -> new LoadPoint(
                        START.plusSeconds(second),
                        "browse",
                        second < 5 ? "ramp" : "hold",
                        "users",
                        Math.min(20.0, second * 4.0),
                        Math.min(19.5, second * 4.0)))
                .toList();
    }

    @GetMapping("/api/v1/projects/{project}/runs/{number}/target")
    List<TargetSeries> target() {
        var values = IntStream.range(0, 6)
                .mapToObj(n -> new TargetSeries.Value(START.plusSeconds(n * 5L), 40 + n * 7 % 20))
                .toList();
        return List.of(
                new TargetSeries("db-cpu", "staging", "main", "percent", null, values),
                new TargetSeries("queue", "staging", "main", "count", "Prometheus `main` answered 503", List.of()));
    }

    @GetMapping("/api/v1/projects/{project}/runs/{number}/failures")
    List<Map<String, Object>> failures() {
        return List.of(Map.of(
                "scenario", "browse",
                "label", "products",
                "sampleKind", "request",
                "kind", "http.500",
                "message", "Internal Server Error",
                "at", "2026-11-20T10:00:14.123Z",
                "executor", 1,
                "latencyMs", 12.3,
                "request", side("GET /api/products HTTP/1.1\nAuthorization: ***", ""),
                "response", side("HTTP/1.1 500", "<script>alert(1)</script>")));
    }

    private static Map<String, Object> side(String head, String body) {
        return Map.of("head", head, "body", body, "bytes", body.length(), "type", "text/html", "cut", false);
    }

    @GetMapping("/api/v1/projects/{project}/runs/{number}/artifacts")
    List<Map<String, Object>> artifacts() {
        return List.of(Map.of("name", "executor-1-results.jtl", "executor", 1, "bytes", 1_234_567));
    }
}
