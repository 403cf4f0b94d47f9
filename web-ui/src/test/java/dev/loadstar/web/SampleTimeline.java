package dev.loadstar.web;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import dev.loadstar.results.TimelinePoint;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A timeline for the charts of the sample run. */
@RestController
class SampleTimeline {

    private static final Instant START = Instant.parse("2026-11-20T10:00:02Z");

    @GetMapping("/api/v1/projects/{project}/runs/{number}/timeline")
    List<TimelinePoint> timeline() {
        return IntStream.range(0, 30)
                .mapToObj(second -> new TimelinePoint(
                        START.plusSeconds(second),
                        Math.min(2000, second * 400L) + second % 7L * 13,
                        second == 12 ? 12 : 0,
                        8.0 + second % 5,
                        17.0 + second % 9,
                        31.0 + second % 4 * 20,
                        Math.min(20.0, second * 4.0),
                        Math.min(20.0, second * 4.0)))
                .toList();
    }
}
