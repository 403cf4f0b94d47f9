package dev.loadstar.validator.source;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.loadstar.contract.problem.DiskFull;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.FetchResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.jspecify.annotations.Nullable;

/** The other side: what refs it has, and its objects. */
final class GitRemote {

    private static final List<RefSpec> BRANCHES_AND_TAGS =
            List.of(new RefSpec("+refs/heads/*:refs/heads/*"), new RefSpec("+refs/tags/*:refs/tags/*"));

    private final GitAddress address;
    private final SourceLimits limits;
    private final HttpConnectionFactory connections;
    private final @Nullable GitCredentials credentials;
    private final long deadline;

    GitRemote(
            GitAddress address,
            SourceLimits limits,
            HttpConnectionFactory connections,
            @Nullable GitCredentials credentials) {
        this.address = address;
        this.limits = limits;
        this.connections = connections;
        this.credentials = credentials;
        this.deadline = System.nanoTime() + limits.time().toNanos();
    }

    /** Branches, tags and HEAD by their full names. */
    record Refs(Map<String, Ref> byName) {}

    Refs refs(Repository local) throws IOException {
        return guarded(local, monitor -> {
            try (Transport transport = transport(local);
                    FetchConnection connection = transport.openFetch(BRANCHES_AND_TAGS, "HEAD")) {
                var byName = new TreeMap<String, Ref>();
                Collection<Ref> advertised = connection.getRefs();
                advertised.forEach(ref -> byName.put(ref.getName(), ref));
                return new Refs(byName);
            }
        });
    }

    /**
     * Fetches one ref or commit without its history.
     *
     * @return false where the other side does not give it so
     */
    boolean fetchAlone(Repository local, String refOrCommit) throws IOException {
        boolean commit = ObjectId.isId(refOrCommit);
        var spec = new RefSpec(commit ? refOrCommit : "+" + refOrCommit + ":refs/loadstar/wanted");
        try {
            guarded(local, monitor -> {
                try (Transport transport = transport(local)) {
                    transport.setDepth(1);
                    return fetch(transport, monitor, List.of(spec));
                }
            });
            return true;
        } catch (LoadstarException e) {
            if (e.code() == ErrorCode.GIT_UNREACHABLE && e.getCause() instanceof TransportException) {
                return false;
            }
            throw e;
        }
    }

    void fetchAll(Repository local) throws IOException {
        guarded(local, monitor -> {
            try (Transport transport = transport(local)) {
                return fetch(transport, monitor, BRANCHES_AND_TAGS);
            }
        });
    }

    /** The commit behind an id that may be an annotated tag's. */
    RevCommit commit(Repository local, ObjectId id) throws IOException {
        try (var walk = new RevWalk(local)) {
            return walk.parseCommit(id);
        }
    }

    private static FetchResult fetch(
            Transport transport, org.eclipse.jgit.lib.ProgressMonitor monitor, List<RefSpec> specs) throws IOException {
        transport.setTagOpt(TagOpt.NO_TAGS);
        return transport.fetch(monitor, specs);
    }

    private Transport transport(Repository local) throws Exception {
        Transport transport = Transport.open(local, address.uri());
        transport.setCredentialsProvider(credentials);
        transport.setTimeout((int) Math.max(1, limits.time().toSeconds()));
        if (transport instanceof TransportHttp http) {
            http.setHttpConnectionFactory(connections);
        }
        return transport;
    }

    private <T> T guarded(Repository local, GuardedFetch.Transfer<T> transfer) throws IOException {
        try {
            return new GuardedFetch(local.getDirectory().toPath(), limits, deadline).run(transfer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while reading " + address.uri().setPass(null), e);
        } catch (Exception e) {
            if (DiskFull.isCauseOf(e)) {
                throw DiskFull.in(local.getDirectory().toPath(), e);
            }
            throw GitTrouble.of(e, limits, unauthorized());
        }
    }

    private String unauthorized() {
        String host = address.uri().getHost();
        return credentials == null
                ? "The repository asks for credentials, and Loadstar has none; keep them as the project's secret git-"
                        + host
                : "The repository does not take the credentials in the project's secret git-" + host;
    }
}
