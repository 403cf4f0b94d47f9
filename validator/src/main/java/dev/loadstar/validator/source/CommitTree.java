package dev.loadstar.validator.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

import dev.loadstar.contract.bundle.BlobStore;
import dev.loadstar.contract.plan.BundleFile;
import dev.loadstar.contract.problem.ErrorCode;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Takes the files of a commit into a bundle exactly as they are stored: no filter, no line endings, no checkout. */
final class CommitTree {

    private static final int LONGEST_LINK = 4096;

    private final Repository repository;
    private final BundleBuilder bundle;
    private final NavigableMap<String, ObjectId> links = new TreeMap<>();
    private final Map<String, Leaf> leaves = new LinkedHashMap<>();
    private final NavigableMap<String, BundleFile> files = new TreeMap<>();

    CommitTree(Repository repository, SourceLimits limits, BlobStore blobs) {
        this.repository = repository;
        this.bundle = new BundleBuilder(blobs, limits, ErrorCode.GIT_TOO_LARGE);
    }

    Bundle read(String ref, RevCommit commit) throws IOException {
        try (var walk = new TreeWalk(repository)) {
            walk.addTree(commit.getTree());
            while (walk.next()) {
                bundle.entry();
                if (walk.isSubtree()) {
                    walk.enterSubtree();
                } else {
                    look(walk);
                }
            }
        }
        for (Map.Entry<String, Leaf> leaf : leaves.entrySet()) {
            take(leaf.getKey(), leaf.getValue());
        }
        followLinks();
        return bundle.build(ref, commit.name());
    }

    private void look(TreeWalk walk) throws IOException {
        String path = walk.getPathString();
        FileMode mode = walk.getFileMode();
        ObjectId id = walk.getObjectId(0);
        if (mode == FileMode.GITLINK) {
            bundle.warn("The submodule %s is left out".formatted(path));
        } else if (mode == FileMode.SYMLINK) {
            BundleBuilder.checkInside(path);
            links.put(path, id);
        } else {
            bundle.expect(walk.getObjectReader().getObjectSize(id, Constants.OBJ_BLOB));
            leaves.put(path, new Leaf(id, mode == FileMode.EXECUTABLE_FILE));
        }
    }

    private void take(String path, Leaf leaf) throws IOException {
        try (InputStream content = repository.open(leaf.id).openStream()) {
            files.put(path, bundle.add(path, content, leaf.executable));
        }
    }

    /** A link becomes a copy of what it leads to. */
    private void followLinks() throws IOException {
        Map<String, String> targets = new HashMap<>();
        for (Map.Entry<String, ObjectId> link : links.entrySet()) {
            byte[] target = repository.open(link.getValue()).getCachedBytes(LONGEST_LINK);
            targets.put(link.getKey(), new String(target, StandardCharsets.UTF_8));
        }
        var paths = new LinkPaths(targets);
        for (String link : links.keySet()) {
            copy(link, link, paths, 0);
        }
    }

    private void copy(String from, String to, LinkPaths paths, int depth) {
        bundle.entry();
        String end = paths.follow(from);
        BundleFile file = files.get(end);
        if (file != null) {
            bundle.addCopy(to, file);
            return;
        }
        String folder = end.isEmpty() ? "" : end + "/";
        if (depth > LinkPaths.DEEPEST || to.startsWith(folder)) {
            bundle.warn("The link %s leads to a folder that it is in, and is left out".formatted(to));
            return;
        }
        Map<String, BundleFile> inside = below(files, folder);
        Map<String, ObjectId> linksInside = below(links, folder);
        if (inside.isEmpty() && linksInside.isEmpty()) {
            bundle.warn("The link %s leads to nothing".formatted(to));
        }
        inside.forEach((path, original) -> bundle.addCopy(to + "/" + path.substring(folder.length()), original));
        linksInside.keySet().forEach(path -> copy(path, to + "/" + path.substring(folder.length()), paths, depth + 1));
    }

    private static <T> Map<String, T> below(NavigableMap<String, T> paths, String folder) {
        return paths.subMap(folder, folder + Character.MAX_VALUE);
    }

    private record Leaf(ObjectId id, boolean executable) {}
}
