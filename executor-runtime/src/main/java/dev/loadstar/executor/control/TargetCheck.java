package dev.loadstar.executor.control;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;

/** Whether the target takes a TCP connection from this machine: asked once before the load, so that a wrong address is a sentence and not a thousand errors. */
public final class TargetCheck {

    private static final int TIMEOUT_MILLIS = 3_000;
    private static final int ATTEMPTS = 2;

    private TargetCheck() {}

    /** @throws LoadstarException with {@link ErrorCode#TARGET_UNREACHABLE} if none of its addresses answers */
    public static void connect(String baseUrl) {
        var url = URI.create(baseUrl);
        String host = host(url);
        int port = port(url);
        String reason = "";
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                for (InetAddress address : InetAddress.getAllByName(host)) {
                    reason = attempt(new InetSocketAddress(address, port));
                    if (reason.isEmpty()) {
                        return;
                    }
                }
            } catch (UnknownHostException e) {
                reason = "its name is not known";
            }
        }
        throw new LoadstarException(
                ErrorCode.TARGET_UNREACHABLE,
                "%s:%d does not take connections from this executor: %s.".formatted(host, port, reason));
    }

    private static String attempt(InetSocketAddress address) {
        try (var socket = new Socket()) {
            socket.connect(address, TIMEOUT_MILLIS);
            return "";
        } catch (IOException e) {
            String message = e.getMessage();
            return message == null ? e.getClass().getSimpleName() : message.toLowerCase(Locale.ROOT);
        }
    }

    private static String host(URI url) {
        String host = url.getHost();
        if (host == null) {
            throw new LoadstarException(ErrorCode.TARGET_UNREACHABLE, "'%s' names no host.".formatted(url));
        }
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static int port(URI url) {
        if (url.getPort() > 0) {
            return url.getPort();
        }
        return "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
    }
}
