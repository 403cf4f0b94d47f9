package dev.loadstar.executor.jmeter;

import java.util.Arrays;
import java.util.Optional;

/** The well-known plug-ins of JMeter, by the names of their classes; a longer prefix stands before a shorter one. */
enum Plugin {
    THREAD_GROUPS("kg.apc.jmeter.threads.", "Custom Thread Groups", "kg.apc:jmeter-plugins-casutg:2.10"),
    BZM_THREAD_GROUPS("com.blazemeter.jmeter.threads.", "Custom Thread Groups", "kg.apc:jmeter-plugins-casutg:2.10"),
    VIRTUAL_USER(
            "com.blazemeter.jmeter.control.VirtualUserController",
            "Custom Thread Groups",
            "kg.apc:jmeter-plugins-casutg:2.10"),
    SHAPING_TIMER("kg.apc.jmeter.timers.", "Throughput Shaping Timer", "kg.apc:jmeter-plugins-tst:2.5"),
    DUMMY("kg.apc.jmeter.samplers.DummySampler", "Dummy Sampler", "kg.apc:jmeter-plugins-dummy:0.4"),
    PARAMETERIZED("kg.apc.jmeter.control.sampler.", "Parameterized Controller", "kg.apc:jmeter-plugins-prmctl:0.4"),
    VARIABLES_FROM_CSV(
            "kg.apc.jmeter.config.VariablesFromCSV", "Variables From CSV", "kg.apc:jmeter-plugins-csvars:0.1"),
    PERFMON("kg.apc.jmeter.perfmon.", "PerfMon", "kg.apc:jmeter-plugins-perfmon:2.1"),
    GRAPHS("kg.apc.jmeter.vizualizers.", "3 Basic Graphs", "kg.apc:jmeter-plugins-graphs-basic:2.0"),
    FIFO("kg.apc.jmeter.modifiers.Fifo", "Inter-Thread Communication", "kg.apc:jmeter-plugins-fifo:0.2"),
    JMETER_PLUGINS("kg.apc.", "JMeter Plugins", ""),
    ATLANTBH("com.atlantbh.jmeter.plugins.", "JSON Plugins", "kg.apc:jmeter-plugins-json:2.6"),
    WEBDRIVER("com.googlecode.jmeter.plugins.webdriver.", "Selenium/WebDriver Support", ""),
    GOOGLECODE("com.googlecode.jmeter.plugins.", "JMeter Plugins", ""),
    PARALLEL("com.blazemeter.jmeter.controller.Parallel", "Parallel Controller", "com.blazemeter:jmeter-parallel:0.11"),
    RANDOM_CSV(
            "com.blazemeter.jmeter.RandomCSV",
            "Random CSV Data Set",
            "com.blazemeter:jmeter-plugins-random-csv-data-set:0.8"),
    HTTP2("com.blazemeter.jmeter.http2.", "HTTP2", ""),
    HLS("com.blazemeter.jmeter.hls.", "HLS", ""),
    RTE("com.blazemeter.jmeter.rte.", "RTE", ""),
    BLAZEMETER("com.blazemeter.", "a plug-in of BlazeMeter", ""),
    WEBSOCKET("eu.luminis.jmeter.wssampler.", "WebSocket Samplers by Peter Doornbosch", ""),
    OLD_WEBSOCKET("JMeter.plugins.functional.samplers.websocket.", "WebSocket Sampler by Maciej Zaleski", ""),
    MQTT("net.xmeter.", "MQTT Protocol Support", ""),
    DI("com.di.jmeter.", "Kafka and other samplers of Di", ""),
    INFLUXDB("rocks.nt.apm.jmeter.", "InfluxDB Listener", ""),
    PROMETHEUS("com.github.johrstrom.", "Prometheus Listener", ""),
    GRPC("vn.zalopay.benchmark.", "gRPC Request", "");

    private final String prefix;
    private final String title;

    /** Empty where it is not in Maven Central. */
    private final String coordinate;

    Plugin(String prefix, String title, String coordinate) {
        this.prefix = prefix;
        this.title = title;
        this.coordinate = coordinate;
    }

    /** What to do about a class that is not there. */
    static String hint(String className) {
        Optional<Plugin> plugin = Arrays.stream(values())
                .filter(one -> className.startsWith(one.prefix))
                .findFirst();
        String otherwise = "or put its jar into lib/ of the repository, or remove the element.";
        if (plugin.isEmpty()) {
            return "It is neither in JMeter 5.6.3 nor in the script's jars and plug-ins. Add its Maven coordinate to"
                    + " `toolOptions.jmeter.plugins`, " + otherwise;
        }
        String coordinate = plugin.get().coordinate.isEmpty()
                ? "its Maven coordinate"
                : "\"%s\"".formatted(plugin.get().coordinate);
        return "It belongs to %s. Add %s to `toolOptions.jmeter.plugins`, %s"
                .formatted(plugin.get().title, coordinate, otherwise);
    }
}
