package dev.loadstar.platform.rest;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.contract.run.Artifact;
import dev.loadstar.contract.run.FailedSample;
import dev.loadstar.contract.wire.SampleKind;
import dev.loadstar.platform.run.Runs;
import dev.loadstar.results.ExecutorPoint;
import dev.loadstar.results.LoadPoint;
import dev.loadstar.results.MeasuredScope;
import dev.loadstar.results.RunResults;
import dev.loadstar.results.ScopeResult;
import dev.loadstar.results.Series;
import dev.loadstar.results.TargetSeries;
import dev.loadstar.results.TimelinePoint;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** What a run shows of itself: live, as a timeline, failing samples, artifacts, logs. */
@RestController
@RequestMapping("/api/v1/projects/{project}/runs/{number}")
class MeasuredController {

    private static final List<Integer> RESOLUTIONS = List.of(1, 10, 60);
    private static final int MOST_LINES = 10_000;
    private static final String BEGINNING = "1970-01-01T00:00:00Z";

    private final Runs runs;
    private final RunResults results;
    private final LiveStreams streams;

    MeasuredController(Runs runs, RunResults results, LiveStreams streams) {
        this.runs = runs;
        this.results = results;
        this.streams = streams;
    }

    @GetMapping("/live")
    ResponseEntity<SseEmitter> live(@PathVariable String project, @PathVariable int number) {
        return ResponseEntity.ok()
                .contentType(MediaType.TEXT_EVENT_STREAM)
                .header("X-Accel-Buffering", "no")
                .body(streams.open(project, number));
    }

    @GetMapping("/timeline")
    List<TimelinePoint> timeline(
            @PathVariable String project, @PathVariable int number, @RequestParam(defaultValue = "1") int resolution) {
        checkResolution(resolution);
        return results.timeline(runs.id(project, number), resolution);
    }

    /** Percentiles of any part of the run, from its merged histograms. */
    @GetMapping("/figures")
    ScopeResult figures(@PathVariable String project, @PathVariable int number, FiguresRequest asked) {
        return results.find(runs.id(project, number), asked.scope()).orElse(new ScopeResult(0, 0, null, null, null));
    }

    /** Null takes all; {@code from} and {@code to} are whole seconds, {@code to} exclusive. */
    record FiguresRequest(
            @Nullable String scenario,
            @Nullable String stage,
            @Nullable String request,
            @Nullable String kind,
            @Nullable Instant from,
            @Nullable Instant to) {

        MeasuredScope scope() {
            if (from != null && to != null && !from.isBefore(to)) {
                throw new LoadstarException(ErrorCode.REQUEST_INVALID, "from is before to");
            }
            return new MeasuredScope(scenario, stage, request, sampleKind(), from, to);
        }

        private SampleKind sampleKind() {
            return Stream.of(SampleKind.REQUEST, SampleKind.TRANSACTION, SampleKind.PART)
                    .filter(one -> Series.name(one).equals(kind == null ? Series.name(SampleKind.REQUEST) : kind))
                    .findFirst()
                    .orElseThrow(() ->
                            new LoadstarException(ErrorCode.REQUEST_INVALID, "kind is request, transaction or part"));
        }
    }

    @GetMapping("/executors/timeline")
    List<ExecutorPoint> executors(
            @PathVariable String project, @PathVariable int number, @RequestParam(defaultValue = "1") int resolution) {
        checkResolution(resolution);
        return results.executors(runs.id(project, number), resolution);
    }

    static void checkResolution(int seconds) {
        if (!RESOLUTIONS.contains(seconds)) {
            throw new LoadstarException(ErrorCode.REQUEST_INVALID, "resolution is 1, 10 or 60 seconds");
        }
    }

    /** @param from what is before it is left out, for who has it already */
    @GetMapping("/load")
    List<LoadPoint> load(
            @PathVariable String project,
            @PathVariable int number,
            @RequestParam(defaultValue = "1") int resolution,
            @RequestParam(defaultValue = BEGINNING) Instant from) {
        checkResolution(resolution);
        return results.load(runs.id(project, number), resolution, from);
    }

    /** @param from what is before it is left out, for who has it already */
    @GetMapping("/target")
    List<TargetSeries> target(
            @PathVariable String project,
            @PathVariable int number,
            @RequestParam(defaultValue = BEGINNING) Instant from) {
        return results.target(runs.id(project, number), from);
    }

    @GetMapping("/failures")
    List<FailedSample> failures(@PathVariable String project, @PathVariable int number) {
        return results.failures(runs.id(project, number));
    }

    @GetMapping("/artifacts")
    List<Artifact> artifacts(@PathVariable String project, @PathVariable int number) {
        return runs.artifacts(project, number);
    }

    /** Never shown by a browser: the file's content is not ours. */
    @GetMapping("/artifacts/{name:.+}")
    ResponseEntity<Resource> artifact(
            @PathVariable String project, @PathVariable int number, @PathVariable String name) {
        var content = new InputStreamResource(runs.openArtifact(project, number, name));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(name).build().toString())
                .body(content);
    }

    @GetMapping("/executors/{executor}/log")
    ResponseEntity<byte[]> executorLog(
            @PathVariable String project,
            @PathVariable int number,
            @PathVariable int executor,
            @RequestParam(defaultValue = "1000") int lines) {
        checkLines(lines);
        if (executor < 1) {
            throw new LoadstarException(ErrorCode.REQUEST_INVALID, "Executors count from 1");
        }
        return log(runs.executorLog(project, number, executor, lines));
    }

    @GetMapping("/worker/log")
    ResponseEntity<byte[]> workerLog(
            @PathVariable String project, @PathVariable int number, @RequestParam(defaultValue = "1000") int lines) {
        checkLines(lines);
        return log(runs.workerLog(project, number, lines));
    }

    private static void checkLines(int lines) {
        if (lines < 1 || lines > MOST_LINES) {
            throw new LoadstarException(ErrorCode.REQUEST_INVALID, "lines is 1 to " + MOST_LINES);
        }
    }

    private static ResponseEntity<byte[]> log(List<String> lines) {
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
                .body(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }
}
