package dev.loadstar.platform.settings;

import java.nio.file.Path;
import java.util.HexFormat;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where this server keeps and finds things, {@code loadstar.…}.
 *
 * @param data the data directory
 * @param home the assembled product, one folder per program
 * @param masterKey secret of the platform in hex, from which the keys of runs are derived
 * @param instance name of this server among those that share a database; the same after a restart
 */
@ConfigurationProperties("loadstar")
public record PlatformSettings(
        Path data,
        Path home,
        String masterKey,
        @DefaultValue("server") String instance) {

    public PlatformSettings {
        data = data.toAbsolutePath().normalize();
        home = home.toAbsolutePath().normalize();
    }

    public Path jobs() {
        return data.resolve("jobs");
    }

    public Path blobs() {
        return data.resolve("blobs");
    }

    /** @throws IllegalArgumentException if the master key is not hexadecimal */
    public byte[] masterKeyBytes() {
        return HexFormat.of().parseHex(masterKey);
    }

    @Override
    public String toString() {
        return "PlatformSettings[data=%s, home=%s, instance=%s]".formatted(data, home, instance);
    }
}
