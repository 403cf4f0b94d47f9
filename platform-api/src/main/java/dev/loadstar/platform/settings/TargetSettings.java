package dev.loadstar.platform.settings;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which hosts tests may load, {@code loadstar.targets.…}; {@code *.example.org} covers all below.
 *
 * @param allow the only hosts that may be loaded; empty allows every host
 * @param deny hosts that may never be loaded, stronger than {@code allow}
 */
@ConfigurationProperties("loadstar.targets")
public record TargetSettings(
        @DefaultValue List<String> allow, @DefaultValue List<String> deny) {

    public TargetSettings {
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
    }
}
