package dev.loadstar.reporting.prometheus;

import java.net.URI;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The Prometheus servers that tests may ask, {@code loadstar.prometheus.<name>.…}.
 *
 * @param prometheus by the names that definitions know them by
 */
@ConfigurationProperties("loadstar")
public record PrometheusProperties(@DefaultValue Map<String, Server> prometheus) {

    public PrometheusProperties {
        prometheus = Map.copyOf(prometheus);
    }

    /**
     * One server.
     *
     * @param url what stands before {@code /api/v1}
     * @param user with {@code password}, for Basic authentication; null where it asks for none
     * @param token for Bearer authentication, stronger than a user; null where it asks for none
     */
    public record Server(
            URI url,
            @Nullable String user,
            @Nullable String password,
            @Nullable String token) {

        @Override
        public String toString() {
            return "Server[url=" + url + "]";
        }
    }
}
