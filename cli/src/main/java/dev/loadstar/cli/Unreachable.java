package dev.loadstar.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;

import javax.net.ssl.SSLException;

/** Why a server could not be spoken to, and what to do about it. */
final class Unreachable {

    private Unreachable() {}

    static CliError why(URI server, IOException e) {
        return switch (e) {
            case HttpTimeoutException ignored ->
                error(server + " does not answer in time", "Check the address and the network on the way to it.");
            case ConnectException refused
            when causedBy(refused, UnresolvedAddressException.class) ->
                error("there is no host " + server.getHost(), "Check the address in --server or LOADSTAR_SERVER.");
            case ConnectException ignored ->
                error(
                        "no Loadstar server answers at " + server,
                        "Check the address, and that " + server.resolve("/healthz") + " answers.");
            case SSLException tls -> tls(server, tls);
            default -> broken(server, e);
        };
    }

    private static CliError tls(URI server, SSLException e) {
        String words = String.valueOf(e.getMessage());
        if (words.toLowerCase(Locale.ROOT).contains("unrecognized ssl message")) {
            return error(server + " does not speak TLS", "Write the address with http:// if that is what it speaks.");
        }
        if (words.contains("subject alternative") || words.contains("No name matching")) {
            return error(
                    "the certificate of " + server + " is for another host",
                    "Use the name that stands in the certificate.");
        }
        return error(
                "the certificate of " + server + " is not trusted here",
                "Name a PEM file with its authority in " + Certificates.VARIABLE + ". TLS says: " + words);
    }

    private static CliError broken(URI server, IOException e) {
        if ("http".equals(server.getScheme()) && words(e).contains("HTTP/1.1")) { // what cannot be parsed
            return error(server + " does not speak HTTP", "Write the address with https:// if it speaks TLS.");
        }
        return error(
                "the connection to " + server + " broke: " + words(e),
                "Try again; if it stays so, look at the server's log and at the proxies on the way.");
    }

    private static boolean causedBy(Throwable e, Class<? extends Throwable> cause) {
        return cause.isInstance(e) || (e.getCause() != null && causedBy(e.getCause(), cause));
    }

    /** An exception's own words, or its name where it has none. */
    static String words(Throwable e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static CliError error(String title, String advice) {
        return new CliError(CliError.BROKEN, title, advice);
    }
}
