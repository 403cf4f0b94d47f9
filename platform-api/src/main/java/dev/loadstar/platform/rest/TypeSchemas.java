package dev.loadstar.platform.rest;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.loadstar.contract.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** JSON Schemas of what the API answers, made of the records themselves, so that none can be forgotten. */
final class TypeSchemas {

    private static final String REFERENCE = "#/components/schemas/";

    private final Map<String, ObjectNode> components = new TreeMap<>();

    /** Those of all records that were asked for so far, by their names. */
    Map<String, ObjectNode> components() {
        return components;
    }

    ObjectNode of(Type type) {
        return switch (type) {
            case ParameterizedType generic
            when isA(generic.getRawType(), Collection.class) -> {
                var array = object().put("type", "array");
                array.set("items", of(generic.getActualTypeArguments()[0]));
                yield array;
            }
            case ParameterizedType generic
            when isA(generic.getRawType(), Map.class) -> {
                var map = object().put("type", "object");
                map.set("additionalProperties", of(generic.getActualTypeArguments()[1]));
                yield map;
            }
            case WildcardType _ -> object();
            case Class<?> plain -> ofClass(plain);
            default -> object();
        };
    }

    private static boolean isA(Type raw, Class<?> wanted) {
        return raw instanceof Class<?> type && wanted.isAssignableFrom(type);
    }

    private ObjectNode ofClass(Class<?> type) {
        if (type.isEnum()) {
            var constants = object().put("type", "string");
            var names = constants.putArray("enum");
            for (Object constant : type.getEnumConstants()) {
                names.add(((Enum<?>) constant).name());
            }
            return constants;
        }
        if (type.isRecord()) {
            return reference(type, () -> record(type));
        }
        return type.isSealed() ? reference(type, () -> alternatives(type)) : simple(type);
    }

    private static ObjectNode simple(Class<?> type) {
        return switch (type.getName()) {
            case "int", "java.lang.Integer" -> object().put("type", "integer").put("format", "int32");
            case "long", "java.lang.Long" -> object().put("type", "integer").put("format", "int64");
            case "double", "java.lang.Double" -> object().put("type", "number").put("format", "double");
            case "boolean", "java.lang.Boolean" -> object().put("type", "boolean");
            case "java.lang.String" -> object().put("type", "string");
            case "java.time.Instant" -> object().put("type", "string").put("format", "date-time");
            case "java.time.Duration" -> object().put("type", "string").put("format", "duration");
            default -> object();
        };
    }

    private interface Making {
        ObjectNode schema();
    }

    private ObjectNode reference(Class<?> type, Making making) {
        String name =
                type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
        if (!components.containsKey(name)) {
            components.put(name, object()); // it may hold itself
            components.put(name, making.schema());
        }
        return object().put("$ref", REFERENCE + name);
    }

    private ObjectNode record(Class<?> type) {
        var schema = object().put("type", "object");
        var properties = schema.putObject("properties");
        var required = object().putArray("required");
        for (RecordComponent component : type.getRecordComponents()) {
            properties.set(component.getName(), property(component));
            if (!mayBeAbsent(component)) {
                required.add(component.getName());
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        return schema;
    }

    private static boolean mayBeAbsent(RecordComponent component) {
        return component.getAccessor().isAnnotationPresent(JsonInclude.class)
                || component.getDeclaringRecord().isAnnotationPresent(JsonInclude.class);
    }

    private ObjectNode property(RecordComponent component) {
        ObjectNode schema = of(component.getGenericType());
        return isNullable(component.getAnnotatedType()) ? orNull(schema) : schema;
    }

    private static boolean isNullable(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    private static ObjectNode orNull(ObjectNode schema) {
        var either = object();
        either.putArray("anyOf").add(schema).addObject().put("type", "null");
        return either;
    }

    private ObjectNode alternatives(Class<?> type) {
        var schema = object();
        var all = schema.putArray("oneOf");
        for (Class<?> alternative : type.getPermittedSubclasses()) {
            all.add(of(alternative));
        }
        return schema;
    }

    private static ObjectNode object() {
        return Json.mapper().createObjectNode();
    }
}
