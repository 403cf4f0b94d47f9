package dev.loadstar.validator.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;

import dev.loadstar.contract.bundle.BlobStore;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads commits of repositories, without prompts, hooks or filters. Fetched objects are cached per address;
 * a commit is fetched alone where the other side allows it.
 */
public final class GitSource {

    private static final Logger log = LoggerFactory.getLogger(GitSource.class);

    private final Path cache;
    private final BlobStore blobs;
    private final SourceLimits limits;
    private final boolean allowLocal;
    private final Predicate<String> refusedHost;
    private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

    /** @param refusedHost hosts that are never contacted */
    public GitSource(
            Path cache, BlobStore blobs, SourceLimits limits, boolean allowLocal, Predicate<String> refusedHost) {
        BareSystem.install();
        this.cache = cache;
        this.blobs = blobs;
        this.limits = limits;
        this.allowLocal = allowLocal;
        this.refusedHost = refusedHost;
    }

    /** Reads without credentials. */
    public Bundle read(String url, @Nullable String ref) throws IOException {
        return read(url, ref, host -> Optional.empty());
    }

    /**
     * @param ref branch, tag, full or abbreviated commit; null for the default branch
     * @param credentials for a host: {@code user:password} or a token, where there are any
     * @throws LoadstarException GIT_…, FILE_OUTSIDE
     */
    public Bundle read(String url, @Nullable String ref, Function<String, Optional<String>> credentials)
            throws IOException {
        GitAddress address = GitAddress.of(url, allowLocal);
        check(address);
        String name = name(address.uri().toString());
        ReentrantLock lock = locks.computeIfAbsent(name, ignored -> new ReentrantLock());
        acquire(lock);
        try {
            var remote = new GitRemote(
                    address, limits, new GuardedConnections(refusedHost), address.credentials(credentials));
            return readAgainIfBroken(remote, address, ref, cache.resolve(name));
        } finally {
            lock.unlock();
        }
    }

    /** A cache is worth nothing once it is broken. */
    private Bundle readAgainIfBroken(GitRemote remote, GitAddress address, @Nullable String ref, Path folder)
            throws IOException {
        try {
            return read(remote, address, ref, folder);
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            log.warn("The cache of {} is broken and made anew: {}", address.uri(), e.toString());
            GitCache.delete(folder);
            GitCache.delete(whole(folder));
            return read(remote, address, ref, folder);
        }
    }

    private static Path whole(Path folder) {
        return folder.resolveSibling(folder.getFileName() + "-all");
    }

    private void acquire(ReentrantLock lock) throws IOException {
        try {
            if (!lock.tryLock(limits.time().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new LoadstarException(
                        ErrorCode.GIT_UNREACHABLE, "Another run has been reading the repository for too long");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the repository", e);
        }
    }

    private void check(GitAddress address) {
        if (address.isSsh()) {
            throw new LoadstarException(
                    ErrorCode.GIT_UNREACHABLE, "Loadstar has no key for ssh; use the repository's https address");
        }
        String host = address.uri().getHost();
        if (host != null && refusedHost.test(host)) {
            throw new LoadstarException(ErrorCode.GIT_NOT_ALLOWED, "The host %s may not be contacted".formatted(host));
        }
    }

    private Bundle read(GitRemote remote, GitAddress address, @Nullable String ref, Path folder) throws IOException {
        try (Repository shallow = GitCache.open(folder, limits)) {
            GitRemote.Refs refs = remote.refs(shallow);
            Wanted wanted = Wanted.of(ref, refs);
            boolean unlisted = wanted.remoteRef() == null && address.isLocal();
            if (!unlisted && fetchAlone(remote, shallow, wanted)) {
                return new CommitTree(shallow, limits, blobs)
                        .read(wanted.name(), remote.commit(shallow, wanted.known()));
            }
            return readWhole(remote, whole(folder), wanted, refs);
        }
    }

    /** Whether the commit is there without its history; not every server and protocol can give it so. */
    private static boolean fetchAlone(GitRemote remote, Repository repository, Wanted wanted) throws IOException {
        ObjectId commit = wanted.commit();
        if (commit == null) {
            return false;
        }
        if (repository.getObjectDatabase().has(commit)) {
            return true;
        }
        return remote.fetchAlone(repository, wanted.remoteRef() == null ? commit.name() : wanted.remoteRef())
                && repository.getObjectDatabase().has(commit);
    }

    private Bundle readWhole(GitRemote remote, Path folder, Wanted wanted, GitRemote.Refs refs) throws IOException {
        try (Repository all = GitCache.open(folder, limits)) {
            remote.fetchAll(all);
            ObjectId commit = wanted.commit();
            if (commit == null && wanted.name().matches("[0-9a-f]{4,40}")) {
                commit = all.resolve(wanted.name() + "^{commit}");
            }
            if (commit == null || !all.getObjectDatabase().has(commit)) {
                throw Wanted.unknown(wanted.name(), refs);
            }
            return new CommitTree(all, limits, blobs).read(wanted.name(), remote.commit(all, commit));
        }
    }

    private static String name(String address) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(address.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
