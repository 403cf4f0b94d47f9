package dev.loadstar.platform.settings;

import java.util.Map;
import java.util.Set;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The Prometheus servers that tests may ask, {@code loadstar.prometheus.<name>.…}. Reporting asks them; here only their
 * names count.
 *
 * @param prometheus by the names that definitions know them by
 */
@ConfigurationProperties("loadstar")
public record PrometheusSettings(@DefaultValue Map<String, Server> prometheus) {

    /** @param url what stands before {@code /api/v1} */
    public record Server(String url) {}

    public Set<String> names() {
        return prometheus.keySet();
    }
}
