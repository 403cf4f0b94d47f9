package dev.loadstar.validator.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

import dev.loadstar.contract.bundle.BlobStore;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Reads commits of repositories, without credentials, prompts, hooks or filters. Fetched objects are cached per address;
 * a commit is fetched alone where the other side allows it.
 */
public final class GitSource {

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

    /**
     * @param ref branch, tag, full or abbreviated commit; null for the default branch
     * @throws LoadstarException GIT_…, FILE_OUTSIDE
     */
    public Bundle read(String url, @Nullable String ref) throws IOException {
        GitAddress address = GitAddress.of(url, allowLocal);
        check(address);
        String name = name(address.uri().toString());
        ReentrantLock lock = locks.computeIfAbsent(name, ignored -> new ReentrantLock());
        lock.lock();
        try {
            return read(address, ref, cache.resolve(name));
        } finally {
            lock.unlock();
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

    private Bundle read(GitAddress address, @Nullable String ref, Path folder) throws IOException {
        var remote = new GitRemote(address, limits, new GuardedConnections(refusedHost));
        try (Repository shallow = open(folder)) {
            GitRemote.Refs refs = remote.refs(shallow);
            Wanted wanted = Wanted.of(ref, refs);
            if (wanted.commit() != null && fetchAlone(remote, shallow, wanted)) {
                return new CommitTree(shallow, limits, blobs)
                        .read(wanted.name(), remote.commit(shallow, wanted.commit()));
            }
            return readWhole(remote, folder.resolveSibling(folder.getFileName() + "-all"), wanted, refs);
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
        try (Repository all = open(folder)) {
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

    private static Repository open(Path folder) throws IOException {
        Repository repository =
                new FileRepositoryBuilder().setGitDir(folder.toFile()).setBare().build();
        if (!Files.exists(folder.resolve("config"))) {
            Files.createDirectories(folder);
            repository.create(true);
        }
        return repository;
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
