package dev.loadstar.executor.gatling;

import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

import dev.loadstar.executor.tool.HostRefusedException;
import org.jspecify.annotations.Nullable;

/**
 * Why a request failed, in the platform's words. Gatling says it in a sentence, in which an exception has its class with the
 * packages shortened: {@code j.n.ConnectException: Connection refused}.
 *
 * @param cut whether the session is cutting off what still runs, which says nothing about the target
 */
record SampleErrors(BooleanSupplier cut) {

    private static final List<Map.Entry<String, String>> SIGNS = List.of(
            Map.entry("HostRefused", HostRefusedException.KIND),
            Map.entry("UnknownHost", "dns"),
            Map.entry("Unknown host", "dns"),
            Map.entry("handshake", "tls"),
            Map.entry("Ssl", "tls"),
            Map.entry("imeout", "timeout"),
            Map.entry("timed out", "timeout"),
            Map.entry("ConnectException", "connect.refused"),
            Map.entry("Connection refused", "connect.refused"),
            Map.entry("SSL", "tls"),
            Map.entry("i.n.h.s.", "tls"),
            Map.entry("Cert", "tls"),
            Map.entry("Premature close", "connection.closed"),
            Map.entry("ClosedChannel", "connection.closed"),
            Map.entry("Connection reset", "connection.closed"),
            Map.entry("Broken pipe", "connection.closed"),
            Map.entry("SocketException", "connection.closed"));

    /** @param code of the response; null where there was none */
    String kind(@Nullable String code, @Nullable String message) {
        String text = message == null ? "" : message;
        if (code == null) {
            return cut.getAsBoolean() ? "stopped" : ofMessage(text);
        }
        if (code.length() == 3 && (code.charAt(0) == '4' || code.charAt(0) == '5')) {
            return "http." + code;
        }
        return text.contains("crashed") ? "script" : text.startsWith("Too many redirects") ? "other" : "assertion";
    }

    /** Of a request that could not be made. */
    String kindOfCrash(String message) {
        String kind = ofMessage(message);
        return kind.equals("dns") || kind.equals(HostRefusedException.KIND) ? kind : "script";
    }

    private static String ofMessage(String text) {
        if (text.contains(".find") || text.contains("found ")) {
            return "assertion";
        }
        return SIGNS.stream()
                .filter(sign -> text.contains(sign.getKey()))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElse("other");
    }
}
