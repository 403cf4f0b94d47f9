package dev.loadstar.platform.rest;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.security.Principal;
import java.time.Duration;
import java.util.List;

import dev.loadstar.contract.plan.ExecutorShare;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.contract.run.EndReason;
import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.contract.run.RunStatus;
import dev.loadstar.contract.schedule.Shares;
import dev.loadstar.platform.problem.ApiProblem;
import dev.loadstar.platform.run.RunPage;
import dev.loadstar.platform.run.Runs;
import dev.loadstar.validator.Validation;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Runs: submit, validate, show, list, change, stop. */
@RestController
@RequestMapping("/api/v1/projects/{project}")
class RunsController {

    private static final String ZIP = "application/zip";
    private static final Duration LONGEST_WAIT = Duration.ofHours(24);
    private static final int MOST_RUNS = 200;

    private final Runs runs;
    private final Uploads uploads;

    RunsController(Runs runs, Uploads uploads) {
        this.runs = runs;
        this.uploads = uploads;
    }

    /** A plan that is carried out as it stands. */
    record Valid(boolean valid, RunPlan plan, List<ExecutorShare> executors, List<String> warnings) {
        static Valid of(RunPlan plan, List<String> warnings) {
            return new Valid(true, plan, Shares.of(plan), warnings);
        }
    }

    @PostMapping(path = "/runs", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> submit(
            @PathVariable String project,
            InputStream body,
            @RequestParam(required = false) @Nullable String wait,
            Principal caller)
            throws IOException, InterruptedException {
        Duration patience = patience(wait);
        return answer(runs.submit(project, RunRequest.read(body), caller.getName()), patience);
    }

    @PostMapping(path = "/runs", consumes = ZIP)
    ResponseEntity<?> submit(
            @PathVariable String project,
            InputStream body,
            @RequestParam MultiValueMap<String, String> query,
            @RequestParam(required = false) @Nullable String wait,
            Principal caller)
            throws IOException, InterruptedException {
        Duration patience = patience(wait);
        UploadRequest request = UploadRequest.parse(query);
        return answer(uploads.use(body, request, upload -> runs.submit(project, upload, caller.getName())), patience);
    }

    private static Duration patience(@Nullable String wait) {
        try {
            Duration patience = wait == null ? Duration.ZERO : DurationStyle.SIMPLE.parse(wait);
            if (!patience.isNegative() && patience.compareTo(LONGEST_WAIT) <= 0) {
                return patience;
            }
        } catch (IllegalArgumentException e) {
            // said below, in our own words
        }
        throw new LoadstarException(ErrorCode.REQUEST_INVALID, "wait is a time such as 60s, at most 24h, not " + wait);
    }

    private ResponseEntity<?> answer(RunDocument submitted, Duration patience) throws InterruptedException {
        RunDocument run = patience.isZero() ? submitted : runs.await(submitted.project(), submitted.number(), patience);
        boolean over = run.status() == RunStatus.FINISHED;
        if (over && run.endReason() == EndReason.REFUSED) {
            return ResponseEntity.unprocessableContent()
                    .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                    .location(location(run))
                    .body(ApiProblem.refused(run.problems(), run.number()));
        }
        return ResponseEntity.status(over ? HttpStatus.OK : HttpStatus.ACCEPTED)
                .location(location(run))
                .body(run);
    }

    private static URI location(RunDocument run) {
        return URI.create("/api/v1/projects/%s/runs/%d".formatted(run.project(), run.number()));
    }

    @PostMapping(path = "/validate", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> validate(@PathVariable String project, InputStream body) throws IOException {
        return answer(runs.validate(project, RunRequest.read(body)));
    }

    @PostMapping(path = "/validate", consumes = ZIP)
    ResponseEntity<?> validate(
            @PathVariable String project, InputStream body, @RequestParam MultiValueMap<String, String> query)
            throws IOException {
        return answer(uploads.use(body, UploadRequest.parse(query), upload -> runs.validate(project, upload)));
    }

    private static ResponseEntity<?> answer(Validation validation) {
        return switch (validation) {
            case Validation.Accepted(var plan, var warnings) -> ResponseEntity.ok(Valid.of(plan, warnings));
            case Validation.Refused refused ->
                ResponseEntity.unprocessableContent()
                        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                        .body(ApiProblem.refused(refused.problems(), null));
        };
    }

    @GetMapping("/runs")
    RunPage list(
            @PathVariable String project,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable Integer before,
            @RequestParam MultiValueMap<String, String> query) {
        if (limit < 1 || limit > MOST_RUNS) {
            throw new LoadstarException(ErrorCode.REQUEST_INVALID, "limit is 1 to %d".formatted(MOST_RUNS));
        }
        return runs.list(project, FilterRequest.parse(query), limit, before);
    }

    @GetMapping("/runs/{number}")
    RunDocument show(@PathVariable String project, @PathVariable int number) {
        return runs.document(project, number);
    }

    @PostMapping("/runs/{number}/stop")
    ResponseEntity<RunDocument> stop(@PathVariable String project, @PathVariable int number, Principal caller) {
        return ResponseEntity.accepted().body(runs.stop(project, number, caller.getName()));
    }

    @PatchMapping(path = "/runs/{number}/load", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<RunDocument> changeLoad(
            @PathVariable String project, @PathVariable int number, InputStream body, Principal caller)
            throws IOException {
        LoadRequest request = LoadRequest.read(body);
        return ResponseEntity.accepted()
                .body(runs.changeLoad(project, number, request.scenario(), request.what(), caller.getName()));
    }

    @PutMapping("/runs/{number}/pin")
    RunDocument pin(@PathVariable String project, @PathVariable int number, Principal caller) {
        return runs.pin(project, number, true, caller.getName());
    }

    @DeleteMapping("/runs/{number}/pin")
    RunDocument unpin(@PathVariable String project, @PathVariable int number, Principal caller) {
        return runs.pin(project, number, false, caller.getName());
    }

    @GetMapping("/runs/{number}/plan")
    Valid plan(@PathVariable String project, @PathVariable int number) {
        List<String> warnings = runs.document(project, number).warnings();
        return runs.plan(project, number)
                .map(plan -> Valid.of(plan, warnings))
                .orElseThrow(() -> new LoadstarException(ErrorCode.NOT_FOUND, "Run %d has no plan".formatted(number)));
    }
}
