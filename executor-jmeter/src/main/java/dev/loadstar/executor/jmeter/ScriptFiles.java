package dev.loadstar.executor.jmeter;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.apache.jmeter.control.IncludeController;
import org.apache.jmeter.protocol.http.sampler.HTTPSamplerBase;
import org.apache.jmeter.protocol.http.util.HTTPFileArg;
import org.apache.jmeter.testelement.TestElement;
import org.apache.jmeter.testelement.property.JMeterProperty;
import org.apache.jmeter.testelement.property.MultiProperty;
import org.apache.jmeter.testelement.property.PropertyIterator;
import org.apache.jmeter.testelement.property.StringProperty;
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
            "BSFSampler.filename",
            "xmlschema_assertion_filename",
            "jms.input_file",
            "SMTPSampler.emlMessageToSend",
            "logFile");

    /** Properties with several paths, and what is between them. */
    static final Map<String, String> LISTS =
            Map.of("TestPlan.user_define_classpath", ",", "SMTPSampler.attachFile", ";");

    /** Read or written, as the element is set. */
    private static final String TRANSFER = "FTPSampler.localfilename";

    /** Names a file within the files of a request. */
    static final String UPLOAD = "File.path";

    private static final byte[] LFS = "version https://git-lfs.github.com/spec/v1".getBytes(StandardCharsets.US_ASCII);

    static ScriptFiles of(Path workspace, String script) {
        Path root = workspace.toAbsolutePath().normalize();
        Path parent = root.resolve(script).normalize().getParent();
        return new ScriptFiles(root, parent == null ? root : parent);
    }

    /** Those of work without a script. */
    static ScriptFiles in(Path workspace) {
        Path root = workspace.toAbsolutePath().normalize();
        return new ScriptFiles(root, root);
    }

    /** The root and the script's folder, which can be the same. */
    List<Path> places() {
        return root.equals(folder) ? List.of(root) : List.of(root, folder);
    }

    /** The same path, absolute where the file is in the repository. */
    String absolute(String path) {
        return rewritten(path).orElse(path);
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
        rewritten(element.getPropertyAsString(TRANSFER)).ifPresent(path -> element.setProperty(TRANSFER, path));
        LISTS.forEach((name, between) -> {
            String paths = element.getPropertyAsString(name);
            if (!paths.isBlank()) {
                element.setProperty(
                        name,
                        Arrays.stream(paths.split(between, -1))
                                .map(this::absolute)
                                .collect(Collectors.joining(between)));
            }
        });
        rewriteCalls(element.propertyIterator());
        if (element instanceof HTTPSamplerBase request) {
            for (HTTPFileArg upload : request.getHTTPFiles()) {
                rewritten(upload.getPath()).ifPresent(upload::setPath);
            }
        }
    }

    private void rewriteCalls(PropertyIterator properties) {
        while (properties.hasNext()) {
            JMeterProperty property = properties.next();
            if (property instanceof MultiProperty several) {
                rewriteCalls(several.iterator());
            } else if (property instanceof StringProperty text && text.getStringValue() != null) {
                String before = text.getStringValue();
                String after = FileFunctions.rewrite(before, this::absolute);
                if (!after.equals(before)) {
                    text.setObjectValue(after);
                }
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
