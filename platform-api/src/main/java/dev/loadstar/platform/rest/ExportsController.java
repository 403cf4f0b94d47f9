package dev.loadstar.platform.rest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.platform.run.Runs;
import dev.loadstar.results.LatencyKind;
import dev.loadstar.results.RunResults;
import dev.loadstar.results.TimelinePoint;
import dev.loadstar.results.export.CsvTable;
import dev.loadstar.results.export.JUnitReport;
import dev.loadstar.results.export.MarkdownSummary;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** A run as a file for other programs. */
@RestController
@RequestMapping("/api/v1/projects/{project}/runs/{number}/export")
class ExportsController {

    private static final String CSV = "text/csv;charset=UTF-8";
    private static final String XML = "application/xml;charset=UTF-8";
    private static final String MARKDOWN = "text/markdown;charset=UTF-8";
    private static final String TEXT = "text/plain;charset=UTF-8";

    private final Runs runs;
    private final RunResults results;

    ExportsController(Runs runs, RunResults results) {
        this.runs = runs;
        this.results = results;
    }

    @GetMapping(path = "/labels.csv", produces = CSV)
    ResponseEntity<byte[]> labels(@PathVariable String project, @PathVariable int number) {
        var labels = runs.document(project, number).labels();
        return file(CsvTable.of(RunDocument.LabelResult.class, labels), name(project, number, "labels.csv"));
    }

    @GetMapping(path = "/timeline.csv", produces = CSV)
    ResponseEntity<byte[]> timeline(
            @PathVariable String project, @PathVariable int number, @RequestParam(defaultValue = "1") int resolution) {
        MeasuredController.checkResolution(resolution);
        var timeline = results.timeline(runs.id(project, number), resolution);
        return file(CsvTable.of(TimelinePoint.class, timeline), name(project, number, "timeline.csv"));
    }

    @GetMapping(path = "/junit.xml", produces = XML)
    ResponseEntity<byte[]> junit(@PathVariable String project, @PathVariable int number) {
        return file(JUnitReport.of(runs.document(project, number)), name(project, number, "junit.xml"));
    }

    @GetMapping(path = "/summary.md", produces = MARKDOWN)
    ResponseEntity<byte[]> summary(@PathVariable String project, @PathVariable int number) {
        RunDocument run = runs.document(project, number);
        String page = ServletUriComponentsBuilder.fromCurrentContextPath()
                .path(run.links().page())
                .toUriString();
        return file(MarkdownSummary.of(run, page), name(project, number, "summary.md"));
    }

    @GetMapping(path = "/latency.hlog", produces = TEXT)
    void histograms(
            @PathVariable String project,
            @PathVariable int number,
            @RequestParam(defaultValue = "service") String latency,
            @RequestParam(defaultValue = "60") int resolution,
            HttpServletResponse response)
            throws IOException {
        MeasuredController.checkResolution(resolution);
        LatencyKind kind = kind(latency);
        String id = runs.id(project, number);
        response.setContentType(TEXT);
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, attachment(name(project, number, latency + ".hlog")));
        results.writeHistogramLog(id, kind, resolution, response.getOutputStream());
    }

    private static LatencyKind kind(String latency) {
        for (LatencyKind kind : LatencyKind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(latency)) {
                return kind;
            }
        }
        throw new LoadstarException(ErrorCode.REQUEST_INVALID, "latency is service or intended");
    }

    private static ResponseEntity<byte[]> file(String content, String name) {
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, attachment(name))
                .body(content.getBytes(StandardCharsets.UTF_8));
    }

    private static String attachment(String name) {
        return ContentDisposition.attachment().filename(name).build().toString();
    }

    private static String name(String project, int number, String what) {
        return "%s-%d-%s".formatted(project, number, what);
    }
}
