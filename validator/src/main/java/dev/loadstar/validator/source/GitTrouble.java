package dev.loadstar.validator.source;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;

/** Says in words why a repository could not be read. */
final class GitTrouble {

    private GitTrouble() {}

    /** @param unauthorized what to say where the repository asks who is there */
    static LoadstarException of(Exception failure, SourceLimits limits, String unauthorized) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof LoadstarException known) {
                return known;
            }
            if (cause instanceof TooLargeObjectInPackException) {
                String message =
                        "A file in the repository is larger than %,d MiB".formatted(limits.largestFile() >> 20);
                return new LoadstarException(ErrorCode.GIT_TOO_LARGE, message, failure);
            }
            if (cause instanceof GuardedConnections.HostRefused) {
                return new LoadstarException(ErrorCode.GIT_NOT_ALLOWED, String.valueOf(cause.getMessage()), failure);
            }
        }
        return new LoadstarException(ErrorCode.GIT_UNREACHABLE, sentence(failure, unauthorized), failure);
    }

    private static String sentence(Throwable failure, String unauthorized) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case UnknownHostException unknown -> {
                    return "The host %s is not known".formatted(unknown.getMessage());
                }
                case ConnectException _ -> {
                    return "The host refuses the connection";
                }
                case NoRouteToHostException _ -> {
                    return "There is no way to the host";
                }
                case SocketTimeoutException _ -> {
                    return "The host does not answer";
                }
                case NoRemoteRepositoryException _ -> {
                    return "There is no repository at this address";
                }
                default -> {}
            }
        }
        String message = String.valueOf(failure.getMessage());
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("credentials") || lower.contains("authoriz") || lower.contains("authentication")) {
            return unauthorized;
        }
        if (lower.contains("not found")) {
            return "There is no repository at this address";
        }
        return "The repository cannot be read: " + message;
    }
}
