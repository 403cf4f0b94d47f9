package dev.loadstar.executor.tool;

import java.io.IOException;

/** Load was about to go to a host that the definition does not allow. Tools record it as an error of the kind {@link #KIND}. */
public final class HostRefusedException extends IOException {

    /** What such errors are counted as. */
    public static final String KIND = "host.refused";

    private static final long serialVersionUID = 1;

    private HostRefusedException(String message) {
        super(message);
    }

    /** For a connection to it. */
    public static HostRefusedException of(String host) {
        return new HostRefusedException("%s is not in `allowHosts`".formatted(host));
    }

    /**
     * For a request of the definition.
     *
     * @param what leads there, such as "The redirect"
     */
    public static HostRefusedException of(String what, String host) {
        return new HostRefusedException("%s leads to %s, which is not in `allowHosts`".formatted(what, host));
    }
}
