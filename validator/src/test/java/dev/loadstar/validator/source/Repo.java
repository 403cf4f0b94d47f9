package dev.loadstar.validator.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;

import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TagBuilder;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;

/** A bare repository that a test fills commit by commit, without a working tree, so that any tree can be made. */
public final class Repo implements AutoCloseable {

    private static final PersonIdent SOMEBODY =
            new PersonIdent("Somebody", "somebody@example.org", java.time.Instant.EPOCH, ZoneOffset.UTC);

    private final Repository repository;
    private final Map<String, DirCacheEntry> tree = new TreeMap<>();

    public Repo(Path folder) throws IOException {
        BareSystem.install();
        // Measured at once, or its files would still come and go while JUnit removes the folder.
        FS.FileStoreAttributes.setBackground(false);
        this.repository =
                new FileRepositoryBuilder().setGitDir(folder.toFile()).setBare().build();
        repository.create(true);
        repository.updateRef(Constants.HEAD).link("refs/heads/main");
    }

    public Repository repository() {
        return repository;
    }

    public String address() {
        return repository.getDirectory().toURI().toString();
    }

    public Repo file(String path, String content) throws IOException {
        return entry(path, FileMode.REGULAR_FILE, blob(content));
    }

    public Repo executable(String path, String content) throws IOException {
        return entry(path, FileMode.EXECUTABLE_FILE, blob(content));
    }

    public Repo link(String path, String target) throws IOException {
        return entry(path, FileMode.SYMLINK, blob(target));
    }

    public Repo submodule(String path) {
        return entry(path, FileMode.GITLINK, ObjectId.fromString("0123456789012345678901234567890123456789"));
    }

    /** Commits all files so far as the newest of a branch. */
    public String commit(String branch) throws IOException {
        try (ObjectInserter objects = repository.newObjectInserter()) {
            DirCache index = DirCache.newInCore();
            DirCacheBuilder builder = index.builder();
            tree.values().forEach(builder::add);
            builder.finish();
            return commit(objects, index.writeTree(objects), branch);
        }
    }

    private String commit(ObjectInserter objects, ObjectId files, String branch) throws IOException {
        var commit = new CommitBuilder();
        commit.setTreeId(files);
        commit.setAuthor(SOMEBODY);
        commit.setCommitter(SOMEBODY);
        commit.setMessage("Change");
        ObjectId parent = repository.resolve("refs/heads/" + branch);
        if (parent != null) {
            commit.setParentId(parent);
        }
        ObjectId id = objects.insert(commit);
        objects.flush();
        update("refs/heads/" + branch, id);
        return id.name();
    }

    /** Commits folders in which each of a level holds the one folder of the next level many times. */
    void foldersWithinFolders(int levels, int times, String branch) throws IOException {
        try (ObjectInserter objects = repository.newObjectInserter()) {
            ObjectId folder = objects.insert(new TreeFormatter());
            for (int level = 0; level < levels; level++) {
                var tree = new TreeFormatter();
                for (int i = 0; i < times; i++) {
                    tree.append(Integer.toString(i), FileMode.TREE, folder);
                }
                folder = objects.insert(tree);
            }
            commit(objects, folder, branch);
        }
    }

    public void tag(String name, String commit) throws IOException {
        try (ObjectInserter objects = repository.newObjectInserter()) {
            var tag = new TagBuilder();
            tag.setTag(name);
            tag.setObjectId(ObjectId.fromString(commit), Constants.OBJ_COMMIT);
            tag.setTagger(SOMEBODY);
            tag.setMessage(name);
            ObjectId id = objects.insert(tag);
            objects.flush();
            update("refs/tags/" + name, id);
        }
    }

    private Repo entry(String path, FileMode mode, ObjectId id) {
        var entry = new DirCacheEntry(path);
        entry.setFileMode(mode);
        entry.setObjectId(id);
        tree.put(path, entry);
        return this;
    }

    private ObjectId blob(String content) throws IOException {
        try (ObjectInserter objects = repository.newObjectInserter()) {
            ObjectId id = objects.insert(Constants.OBJ_BLOB, content.getBytes(StandardCharsets.UTF_8));
            objects.flush();
            return id;
        }
    }

    private void update(String ref, ObjectId id) throws IOException {
        RefUpdate update = repository.updateRef(ref);
        update.setNewObjectId(id);
        update.forceUpdate();
    }

    @Override
    public void close() {
        repository.close();
    }
}
