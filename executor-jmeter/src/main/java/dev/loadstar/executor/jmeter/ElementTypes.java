package dev.loadstar.executor.jmeter;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

import org.apache.jmeter.util.JMeterUtils;
import org.jspecify.annotations.Nullable;

/** Which class stands behind an element's name, by JMeter's own tables of aliases and renamed classes. Classes are found, never initialised. */
final class ElementTypes {

    private final Map<String, String> aliases = new HashMap<>();
    private final Map<String, String> renamed = new HashMap<>();

    ElementTypes() {
        load("saveservice.properties").forEach((names, type) -> {
            for (String alias : String.valueOf(names).split(",")) {
                aliases.put(alias, String.valueOf(type));
            }
        });
        load("upgrade.properties").forEach((old, now) -> renamed.put(String.valueOf(old), String.valueOf(now)));
    }

    /** Full name of the class behind an alias, an old name or a class name. */
    String className(String type) {
        String name = aliases.getOrDefault(type, type);
        return renamed.getOrDefault(name, name);
    }

    @Nullable
    Class<?> find(String type) {
        try {
            return Class.forName(className(type), false, getClass().getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }

    boolean isA(String type, Class<?> kind) {
        Class<?> found = find(type);
        return found != null && kind.isAssignableFrom(found);
    }

    private static Properties load(String file) {
        var properties = new Properties();
        try (InputStream in = JMeterUtils.class.getResourceAsStream("/bin/" + file)) {
            if (in == null) {
                throw new IllegalStateException("JMeter's configuration lacks bin/" + file);
            }
            properties.load(in);
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
