package dev.loadstar.platform.rest;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

import dev.loadstar.contract.definition.DefinitionSchema;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** What everyone may ask: whether the server is well, and the formats of definitions and of this API. */
@RestController
class OpenController {

    private static final MediaType SCHEMA = new MediaType("application", "schema+json", StandardCharsets.UTF_8);

    private final Readiness readiness;
    private final RequestMappingHandlerMapping handlers;

    OpenController(
            Readiness readiness, @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping handlers) {
        this.readiness = readiness;
        this.handlers = handlers;
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

    @GetMapping(path = "/schema/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
    String api() {
        return OpenApiDocument.of(handlers.getHandlerMethods());
    }
}
