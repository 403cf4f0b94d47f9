package dev.loadstar.platform.rest;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

import dev.loadstar.contract.definition.DefinitionSchema;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What everyone may ask: whether the server is well, and the format of definitions. */
@RestController
class OpenController {

    private static final MediaType SCHEMA = new MediaType("application", "schema+json", StandardCharsets.UTF_8);

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
    ResponseEntity<String> schema() {
        return ResponseEntity.ok().contentType(SCHEMA).body(DefinitionSchema.text());
    }
}
