package dev.loadstar.platform.settings;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which repositories may be read, {@code loadstar.git.…}.
 *
 * @param allowLocal whether repositories on the server's own disk are allowed; for a server on one's own machine
 */
@ConfigurationProperties("loadstar.git")
public record GitSettings(@DefaultValue("false") boolean allowLocal) {}
