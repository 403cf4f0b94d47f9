package dev.loadstar.platform.rest;

import java.util.Map;
import java.util.Optional;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What everyone may ask: whether the server is well, and the format of definitions. */
@RestController
class OpenController {

    private static final String SCHEMA = "dev/loadstar/contract/definition/loadstar-v1.json";

    private final Readiness readiness;

    OpenController(Readiness readiness) {
        this.readiness = readiness;
    }

    @GetMapping("/healthz")
    ResponseEntity<Map<String, String>> health() {
        Optional<String> missing = readiness.missing();
        return missing.isEmpty()
                ? ResponseEntity.ok(Map.of("status", "up"))
                : ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                        .body(Map.of("status", "down", "detail", missing.get()));
    }

    @GetMapping("/schema/loadstar-v1.json")
    ResponseEntity<Resource> schema() {
        var schema = new ClassPathResource(SCHEMA);
        if (!schema.exists()) {
            throw new LoadstarException(ErrorCode.NOT_FOUND, "The schema is not part of this server");
        }
        return ResponseEntity.ok()
                .contentType(MediaType.valueOf("application/schema+json"))
                .body(schema);
    }
}
