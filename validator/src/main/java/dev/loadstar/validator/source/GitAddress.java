package dev.loadstar.validator.source;

import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;

/** The address of a repository, once it is known to be of a kind that may be read. */
record GitAddress(URIish uri) {

    private static final Set<String> REMOTE = Set.of("http", "https", "git", "ssh");

    /**
     * @param allowLocal whether {@code file:} and absolute paths of this machine are allowed
     * @throws LoadstarException GIT_NOT_ALLOWED
     */
    static GitAddress of(String url, boolean allowLocal) {
        URIish uri = parse(url);
        if (uri.getPass() != null || (isHttp(uri) && uri.getUser() != null)) {
            throw refused("The address holds credentials; they would be kept with the run");
        }
        if (isLocal(uri)) {
            checkLocal(url, uri, allowLocal);
        } else if (uri.getScheme() != null && !REMOTE.contains(uri.getScheme())) {
            throw refused("The address \"%s\" is not allowed; only https, http, ssh and git are".formatted(url));
        }
        return new GitAddress(uri);
    }

    boolean isSsh() {
        return uri.getHost() != null
                && (uri.getScheme() == null || uri.getScheme().equals("ssh"));
    }

    boolean isLocal() {
        return isLocal(uri);
    }

    /** Those for its host; null where there are none. */
    @Nullable
    GitCredentials credentials(Function<String, Optional<String>> byHost) {
        String host = uri.getHost();
        Optional<String> text = host == null || !isHttp(uri) ? Optional.empty() : byHost.apply(host);
        return text.map(secret -> GitCredentials.of(uri, secret)).orElse(null);
    }

    private static URIish parse(String url) {
        try {
            if (url.contains("::")) {
                throw refused("\"%s\" names a remote helper, which is not allowed".formatted(url));
            }
            return new URIish(url.strip());
        } catch (URISyntaxException e) {
            throw refused("\"%s\" is not the address of a repository".formatted(url));
        }
    }

    private static void checkLocal(String url, URIish uri, boolean allowLocal) {
        if (!allowLocal) {
            throw refused(
                    "\"%s\" is on the server's own disk, which this server does not read (it can: --allow-local-git)"
                            .formatted(url));
        }
        if (!uri.getPath().startsWith("/")) {
            throw refused("\"%s\" is neither an address nor an absolute path".formatted(url));
        }
    }

    private static boolean isHttp(URIish uri) {
        return "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    }

    private static boolean isLocal(URIish uri) {
        return uri.getHost() == null
                && (uri.getScheme() == null || uri.getScheme().equals("file"));
    }

    private static LoadstarException refused(String message) {
        return new LoadstarException(ErrorCode.GIT_NOT_ALLOWED, message);
    }
}
