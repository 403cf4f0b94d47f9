package dev.loadstar.executor.jmeter;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

import org.apache.jmeter.util.JMeterUtils;
import org.jspecify.annotations.Nullable;

/** Which class stands behind an element's name, by JMeter's own tables of aliases and renamed classes. Classes are found, never initialised. */
final class ElementTypes {

    /** Longest prefix first where one contains another. */
    private static final Map<String, String> PLUGINS = new LinkedHashMap<>();

    static {
        PLUGINS.put("kg.apc.jmeter.threads.", "Custom Thread Groups (jpgc-casutg)");
        PLUGINS.put("com.blazemeter.jmeter.threads.", "Custom Thread Groups (jpgc-casutg)");
        PLUGINS.put("kg.apc.jmeter.timers.", "Throughput Shaping Timer (jpgc-tst)");
        PLUGINS.put("kg.apc.jmeter.samplers.DummySampler", "Dummy Sampler (jpgc-dummy)");
        PLUGINS.put("kg.apc.jmeter.perfmon.", "PerfMon (jpgc-perfmon)");
        PLUGINS.put("kg.apc.jmeter.vizualizers.", "3 Basic Graphs and others (jpgc-graphs-*)");
        PLUGINS.put("kg.apc.jmeter.reporters.", "JMeter Plugins' listeners (jpgc)");
        PLUGINS.put("kg.apc.jmeter.config.", "JMeter Plugins' config elements (jpgc)");
        PLUGINS.put("kg.apc.jmeter.control.", "JMeter Plugins' controllers (jpgc)");
        PLUGINS.put("kg.apc.", "JMeter Plugins (jpgc)");
        PLUGINS.put("com.atlantbh.jmeter.plugins.", "JMeter Plugins of AtlantBH (jpgc-json, jpgc-xml …)");
        PLUGINS.put("com.googlecode.jmeter.plugins.webdriver.", "Selenium/WebDriver Support (jpgc-webdriver)");
        PLUGINS.put("com.googlecode.jmeter.plugins.", "JMeter Plugins (jpgc)");
        PLUGINS.put("com.blazemeter.jmeter.control.Parallel", "Parallel Controller (bzm-parallel)");
        PLUGINS.put("com.blazemeter.jmeter.controller.Parallel", "Parallel Controller (bzm-parallel)");
        PLUGINS.put("com.blazemeter.jmeter.http2.", "HTTP2 (bzm-http2)");
        PLUGINS.put("com.blazemeter.jmeter.hls.", "HLS (bzm-hls)");
        PLUGINS.put("com.blazemeter.jmeter.rte.", "RTE (bzm-rte)");
        PLUGINS.put("com.blazemeter.jmeter.RandomCSV", "Random CSV Data Set (bzm-random-csv)");
        PLUGINS.put("com.blazemeter.csv.", "Random CSV Data Set (bzm-random-csv)");
        PLUGINS.put("com.blazemeter.", "a BlazeMeter plug-in (bzm)");
        PLUGINS.put("eu.luminis.jmeter.wssampler.", "WebSocket Samplers by Peter Doornbosch (websocket-samplers)");
        PLUGINS.put("JMeter.plugins.functional.samplers.websocket.", "WebSocket Sampler by Maciej Zaleski");
        PLUGINS.put("net.xmeter.", "MQTT Protocol Support (mqtt-xmeter)");
        PLUGINS.put("com.di.jmeter.", "Di Kafka and others (di-kafkameter …)");
        PLUGINS.put("rocks.nt.apm.jmeter.", "InfluxDB Listener (jmeter-influxdb-writer)");
        PLUGINS.put("com.github.johrstrom.", "Prometheus Listener (jmeter-prometheus)");
        PLUGINS.put("vn.zalopay.benchmark.", "gRPC Request (jmeter-grpc-request)");
    }

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

    /** The plug-in that brings such a class, if it is one of the well-known. */
    Optional<String> plugin(String className) {
        return PLUGINS.entrySet().stream()
                .filter(plugin -> className.startsWith(plugin.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
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
