package dev.loadstar.platform.rest;

import java.nio.charset.StandardCharsets;

import dev.loadstar.contract.run.ComparisonDocument;
import dev.loadstar.platform.run.Comparisons;
import dev.loadstar.results.export.ComparisonSummary;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** How one run differs from another. */
@RestController
@RequestMapping("/api/v1/projects/{project}/runs/{a}/compare/{b}")
class ComparisonController {

    private final Comparisons comparisons;

    ComparisonController(Comparisons comparisons) {
        this.comparisons = comparisons;
    }

    @GetMapping
    ComparisonDocument compare(@PathVariable String project, @PathVariable int a, @PathVariable int b) {
        return comparisons.compare(project, a, b);
    }

    @GetMapping(path = "/summary.md", produces = "text/markdown;charset=UTF-8")
    byte[] summary(@PathVariable String project, @PathVariable int a, @PathVariable int b) {
        String server = ServletUriComponentsBuilder.fromCurrentContextPath().toUriString();
        return ComparisonSummary.of(comparisons.compare(project, a, b), server).getBytes(StandardCharsets.UTF_8);
    }
}
