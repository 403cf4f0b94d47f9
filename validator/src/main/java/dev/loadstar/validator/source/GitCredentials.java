package dev.loadstar.validator.source;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import org.eclipse.jgit.transport.CredentialItem;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.jspecify.annotations.Nullable;

/**
 * A user and a password for one repository, given to its own host by https only: neither to one that it redirects to nor
 * in clear text over a network.
 */
final class GitCredentials extends UsernamePasswordCredentialsProvider {

    /** What GitLab asks for beside a token; GitHub, Gitea and others take any name. */
    private static final String WITH_TOKEN = "oauth2";

    private final URIish repository;

    private GitCredentials(URIish repository, String user, String password) {
        super(user, password);
        this.repository = repository;
    }

    /**
     * @param text {@code user:password}, or a token alone
     * @throws LoadstarException GIT_NOT_ALLOWED if they cannot be sent safely
     */
    static GitCredentials of(URIish repository, String text) {
        boolean safe = "https".equals(repository.getScheme())
                || ("http".equals(repository.getScheme()) && isLoopback(repository.getHost()));
        if (!safe) {
            throw new LoadstarException(ErrorCode.GIT_NOT_ALLOWED, "Credentials are only sent to an https address");
        }
        String plain = text.strip();
        int colon = plain.indexOf(':');
        return colon < 0
                ? new GitCredentials(repository, WITH_TOKEN, plain)
                : new GitCredentials(repository, plain.substring(0, colon), plain.substring(colon + 1));
    }

    private static boolean isLoopback(@Nullable String host) {
        return host != null && (host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]"));
    }

    @Override
    public boolean get(URIish asking, CredentialItem... items) {
        boolean own = String.valueOf(asking.getScheme()).equals(repository.getScheme())
                && String.valueOf(asking.getHost()).equals(repository.getHost())
                && asking.getPort() == repository.getPort();
        return own && super.get(asking, items);
    }
}
