package dev.loadstar.platform.rest;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.loadstar.contract.json.Json;
import dev.loadstar.platform.problem.ApiProblem;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import tools.jackson.databind.node.ObjectNode;

/** The API as OpenAPI 3.1, made of the controllers and records themselves, so that it cannot go stale. */
final class OpenApiDocument {

    private final TypeSchemas schemas = new TypeSchemas();
    private final ObjectNode document = Json.mapper().createObjectNode();
    private final ObjectNode paths;

    private OpenApiDocument() {
        document.put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", "Loadstar")
                .put("version", "v1")
                .put("description", "What each address is for, with examples: docs/rest.md.");
        paths = document.putObject("paths");
    }

    /** @param handlers all that the server has; those of pages are left out */
    static String of(Map<RequestMappingInfo, HandlerMethod> handlers) {
        var api = new OpenApiDocument();
        handlers.entrySet().stream()
                .sorted(Comparator.comparing(handler -> String.valueOf(handler.getKey())))
                .forEach(handler -> handler.getKey().getPatternValues().stream()
                        .filter(path -> path.startsWith("/api/"))
                        .forEach(path -> api.add(path, handler.getKey(), handler.getValue())));
        return api.finish();
    }

    private void add(String path, RequestMappingInfo info, HandlerMethod handler) {
        String plain = path.replaceAll("\\{(\\w+):[^}]*}", "{$1}");
        ObjectNode item = paths.withObjectProperty(plain);
        for (RequestMethod method : info.getMethodsCondition().getMethods()) {
            ObjectNode operation = item.withObjectProperty(method.name().toLowerCase(Locale.ROOT));
            operation.put("operationId", handler.getMethod().getName());
            for (MethodParameter parameter : handler.getMethodParameters()) {
                addParameter(operation, parameter);
            }
            info.getConsumesCondition()
                    .getConsumableMediaTypes()
                    .forEach(type -> operation
                            .withObjectProperty("requestBody")
                            .withObjectProperty("content")
                            .putObject(type.toString()));
            addResponses(operation, info, handler.getMethod().getGenericReturnType());
        }
    }

    private void addParameter(ObjectNode operation, MethodParameter parameter) {
        var inPath = parameter.getParameterAnnotation(PathVariable.class);
        var inQuery = parameter.getParameterAnnotation(RequestParam.class);
        String name = parameter.getParameter().getName();
        boolean known = operation
                .path("parameters")
                .valueStream()
                .anyMatch(other -> other.path("name").asString().equals(name));
        if (known || (inPath == null && inQuery == null) || parameter.getParameterType() == MultiValueMap.class) {
            return;
        }
        ObjectNode described = operation.withArrayProperty("parameters").addObject();
        described.put("name", name).put("in", inPath == null ? "query" : "path").put("required", inPath != null);
        ObjectNode schema = schemas.of(parameter.getGenericParameterType());
        if (inQuery != null && !inQuery.defaultValue().equals(ValueConstants.DEFAULT_NONE)) {
            schema.put("default", inQuery.defaultValue());
        }
        described.set("schema", schema);
    }

    private void addResponses(ObjectNode operation, RequestMappingInfo info, Type returned) {
        ObjectNode responses = operation.withObjectProperty("responses");
        ObjectNode fine = responses.withObjectProperty("2XX").put("description", "Done, or taken in");
        @Nullable ObjectNode schema = answer(returned);
        List<MediaType> types = List.copyOf(info.getProducesCondition().getProducibleMediaTypes());
        types.forEach(type -> fine.withObjectProperty("content").putObject(type.toString()));
        if (types.isEmpty() && schema != null) {
            fine.withObjectProperty("content")
                    .withObjectProperty(MediaType.APPLICATION_JSON_VALUE)
                    .set("schema", schema);
        }
        responses
                .withObjectProperty("default")
                .put("description", "Why not (RFC 9457)")
                .withObjectProperty("content")
                .withObjectProperty(MediaType.APPLICATION_PROBLEM_JSON_VALUE)
                .set("schema", schemas.of(ApiProblem.class));
    }

    /** Null where no record is answered. */
    private @Nullable ObjectNode answer(Type returned) {
        Type body = returned instanceof ParameterizedType entity && entity.getRawType() == ResponseEntity.class
                ? entity.getActualTypeArguments()[0]
                : returned;
        ObjectNode schema = schemas.of(body);
        boolean known = schema.has("$ref") || schema.path("items").has("$ref");
        return known ? schema : null;
    }

    private String finish() {
        ObjectNode components = document.putObject("components");
        ObjectNode all = components.putObject("schemas");
        schemas.components().forEach(all::set);
        components
                .putObject("securitySchemes")
                .putObject("token")
                .put("type", "http")
                .put("scheme", "bearer");
        document.putArray("security").addObject().putArray("token");
        return document.toString();
    }
}
