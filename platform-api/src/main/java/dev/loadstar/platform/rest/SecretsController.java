package dev.loadstar.platform.rest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.List;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.platform.secret.ProjectSecret;
import dev.loadstar.platform.secret.ProjectSecrets;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Secrets of a project: keep, list by name, delete. No answer ever holds a value. */
@RestController
@RequestMapping("/api/v1/projects/{project}/secrets")
class SecretsController {

    private final ProjectSecrets secrets;

    SecretsController(ProjectSecrets secrets) {
        this.secrets = secrets;
    }

    record SecretList(List<ProjectSecret> secrets) {}

    @GetMapping
    SecretList list(@PathVariable String project) {
        return new SecretList(secrets.all(project));
    }

    @PutMapping(path = "/{name}", consumes = MediaType.TEXT_PLAIN_VALUE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void put(@PathVariable String project, @PathVariable String name, InputStream body, Principal caller)
            throws IOException {
        if (!name.matches(ProjectSecrets.NAME)) {
            throw new LoadstarException(
                    ErrorCode.REQUEST_INVALID,
                    "A secret's name has 1 to 100 letters, digits, dots, dashes and underscores");
        }
        secrets.put(project, name, value(body), caller.getName());
    }

    private static String value(InputStream body) throws IOException {
        byte[] value = body.readNBytes(ProjectSecrets.LARGEST + 1);
        if (value.length > ProjectSecrets.LARGEST) {
            throw new ResponseStatusException(
                    HttpStatus.CONTENT_TOO_LARGE, "A secret has %d bytes at most".formatted(ProjectSecrets.LARGEST));
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
            if (!text.isEmpty()) {
                return text;
            }
        } catch (CharacterCodingException e) {
            // said below: the decoder's message could quote the value
        }
        throw new LoadstarException(ErrorCode.REQUEST_INVALID, "A secret's value is a text in UTF-8 that is not empty");
    }

    @DeleteMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String project, @PathVariable String name) {
        secrets.delete(project, name);
    }
}
