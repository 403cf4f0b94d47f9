package dev.loadstar.executor.jmeter;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

import org.apache.jmeter.control.IncludeController;
import org.apache.jmeter.protocol.http.sampler.HTTPSamplerBase;
import org.apache.jmeter.protocol.http.util.HTTPFileArg;
import org.apache.jmeter.testelement.TestElement;
import org.apache.jorphan.collections.HashTree;
import org.apache.jorphan.collections.HashTreeTraverser;

/**
 * Where a script's relative paths lead: as with JMeter's command line called in the repository's root, first from there,
 * then from the script's own folder.
 */
record ScriptFiles(Path root, Path folder) {

    /** Properties of elements that name a file to read. */
    static final Set<String> PROPERTIES = Set.of(
            "filename",
            "IncludeController.includepath",
            "BeanShellSampler.filename",
            "BeanShellAssertion.filename",
            "BSFSampler.filename");

    /** Names a file within the files of a request. */
    static final String UPLOAD = "File.path";

    private static final byte[] LFS = "version https://git-lfs.github.com/spec/v1".getBytes(StandardCharsets.US_ASCII);

    static ScriptFiles of(Path workspace, String script) {
        Path root = workspace.toAbsolutePath().normalize();
        Path parent = root.resolve(script).normalize().getParent();
        return new ScriptFiles(root, parent == null ? root : parent);
    }

    /** The file meant by a path without variables, which need not exist. */
    Path resolve(String path) {
        Path fromRoot = root.resolve(path.strip()).normalize();
        return Files.exists(fromRoot) ? fromRoot : folder.resolve(path.strip()).normalize();
    }

    boolean isInside(String path) {
        try {
            return resolve(path).startsWith(root);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** Whether Git stored a pointer in the file's place. */
    static boolean isLfsPointer(Path file) {
        try (var in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(LFS.length), LFS);
        } catch (IOException e) {
            return false;
        }
    }

    /** Writes the resolved paths into a loaded plan, because parts of JMeter know the process's own folder only. */
    void writeInto(HashTree tree) {
        tree.traverse(new Rewrite(this));
    }

    private void rewrite(TestElement element) {
        for (String name : PROPERTIES) {
            rewritten(element.getPropertyAsString(name)).ifPresent(path -> {
                element.setProperty(name, path);
                if (element instanceof IncludeController include) {
                    include.setIncludePath(path);
                }
            });
        }
        if (element instanceof HTTPSamplerBase request) {
            for (HTTPFileArg upload : request.getHTTPFiles()) {
                rewritten(upload.getPath()).ifPresent(upload::setPath);
            }
        }
    }

    private Optional<String> rewritten(String path) {
        if (path.isBlank() || path.contains("${") || Path.of(path.strip()).isAbsolute()) {
            return Optional.empty();
        }
        return Optional.of(resolve(path)).filter(Files::exists).map(Path::toString);
    }

    private record Rewrite(ScriptFiles files) implements HashTreeTraverser {
        @Override
        public void addNode(Object node, HashTree subTree) {
            if (node instanceof TestElement element) {
                files.rewrite(element);
            }
        }

        @Override
        public void subtractNode() {}

        @Override
        public void processPath() {}
    }
}
