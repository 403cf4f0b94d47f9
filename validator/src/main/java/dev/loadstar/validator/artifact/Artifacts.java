package dev.loadstar.validator.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.loadstar.contract.bundle.BlobStore;
import dev.loadstar.contract.plan.BundleFile;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.Problem;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession.CloseableSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.graph.Exclusion;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.repository.RepositoryPolicy;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.supplier.RepositorySystemSupplier;
import org.eclipse.aether.supplier.SessionBuilderSupplier;
import org.eclipse.aether.util.repository.AuthenticationBuilder;

/**
 * Finds the jars behind Maven coordinates, with all that they need, and keeps them in the blob store. They are carried,
 * never run, here. Repositories that a POM names are not asked: only the operator's mirror is.
 */
public final class Artifacts {

    /** Where jars lie in an executor's copy of the repository. */
    private static final String FOLDER = ".loadstar/lib/";

    private final ArtifactSettings settings;
    private final Path cache;
    private final BlobStore blobs;
    private final RepositorySystem system = new RepositorySystemSupplier().get();

    /** @param cache folder for what was fetched, kept */
    public Artifacts(ArtifactSettings settings, Path cache, BlobStore blobs) {
        this.settings = settings;
        this.cache = cache;
        this.blobs = blobs;
    }

    /**
     * @param jars in the order of the coordinates; empty if there are problems
     */
    public record Found(List<BundleFile> jars, List<Problem> problems) {
        public Found {
            jars = List.copyOf(jars);
            problems = List.copyOf(problems);
        }
    }

    /** Blocks; what cannot be had is an answer. */
    public Found find(ArtifactRequest request) throws IOException {
        if (request.coordinates().isEmpty()) {
            return new Found(List.of(), List.of());
        }
        var budget = new Budget(settings);
        try (CloseableSession session = session(budget)) {
            List<Problem> problems = missing(session, request, budget);
            return problems.isEmpty() ? all(session, request, budget) : new Found(List.of(), problems);
        }
    }

    private CloseableSession session(Budget budget) {
        return new SessionBuilderSupplier(system)
                .get()
                .withLocalRepositoryBaseDirectories(cache)
                .setIgnoreArtifactDescriptorRepositories(true)
                .setChecksumPolicy(RepositoryPolicy.CHECKSUM_POLICY_FAIL)
                .setTransferListener(budget)
                .setSystemProperties(Map.of("java.version", System.getProperty("java.version")))
                .setConfigProperty("aether.transport.http.connectTimeout", 5_000)
                .setConfigProperty("aether.transport.http.requestTimeout", 10_000)
                .setConfigProperty("aether.transport.http.retryHandler.count", 1)
                .build();
    }

    private RemoteRepository mirror() {
        var mirror = new RemoteRepository.Builder("mirror", "default", settings.mirror());
        if (settings.user() != null) {
            mirror.setAuthentication(new AuthenticationBuilder()
                    .addUsername(settings.user())
                    .addPassword(settings.password())
                    .build());
        }
        return mirror.build();
    }

    /** Asked one by one, so that each that is not there is named at its place. */
    private List<Problem> missing(CloseableSession session, ArtifactRequest request, Budget budget) {
        var problems = new ArrayList<Problem>();
        for (int i = 0; i < request.coordinates().size(); i++) {
            String coordinate = request.coordinates().get(i);
            try {
                system.resolveArtifact(
                        session,
                        new org.eclipse.aether.resolution.ArtifactRequest(
                                new DefaultArtifact(coordinate), List.of(mirror()), null));
            } catch (ArtifactResolutionException e) {
                problems.add(trouble(budget).of(e.getResults(), request.pointer() + "/" + i, reason(e)));
            }
        }
        return problems;
    }

    private Found all(CloseableSession session, ArtifactRequest request, Budget budget) throws IOException {
        var collect = new CollectRequest().addRepository(mirror());
        List<Exclusion> provided = request.provided().stream()
                .map(pattern -> pattern.split(":", 2))
                .map(parts -> new Exclusion(parts[0], parts[1], "*", "*"))
                .toList();
        request.coordinates()
                .forEach(coordinate -> collect.addDependency(
                        new Dependency(new DefaultArtifact(coordinate), "runtime", false, provided)));
        try {
            List<Artifact> artifacts =
                    system
                            .resolveDependencies(session, new DependencyRequest(collect, null))
                            .getArtifactResults()
                            .stream()
                            .map(ArtifactResult::getArtifact)
                            .filter(artifact -> artifact.getExtension().equals("jar"))
                            .toList();
            return artifacts.size() > settings.jars() ? tooMany(request, artifacts.size()) : keep(artifacts, request);
        } catch (DependencyResolutionException e) {
            List<ArtifactResult> results =
                    e.getResult() == null ? List.of() : e.getResult().getArtifactResults();
            return new Found(List.of(), List.of(trouble(budget).of(results, request.pointer(), reason(e))));
        }
    }

    private Trouble trouble(Budget budget) {
        return new Trouble(settings.mirror(), budget);
    }

    private Found tooMany(ArtifactRequest request, int jars) {
        return refused(request, "%d jars, and at most %d are allowed".formatted(jars, settings.jars()));
    }

    private static Found refused(ArtifactRequest request, String many) {
        String message = "With all that they need these are " + many;
        return new Found(List.of(), List.of(Problem.at(request.pointer(), ErrorCode.ARTIFACT_REFUSED, message)));
    }

    private Found keep(List<Artifact> artifacts, ArtifactRequest request) throws IOException {
        var jars = new ArrayList<BundleFile>();
        long bytes = 0;
        for (Artifact artifact : artifacts) {
            Path jar = artifact.getPath();
            bytes += Files.size(jar);
            if (bytes > settings.bytes()) {
                return refused(request, "more than %d MiB".formatted(settings.bytes() >> 20));
            }
            try (InputStream content = Files.newInputStream(jar)) {
                String digest = blobs.put(content);
                String folder =
                        FOLDER + digest.substring(digest.indexOf(':') + 1).substring(0, 12);
                jars.add(new BundleFile(folder + "/" + jar.getFileName(), digest, Files.size(jar), false));
            }
        }
        return new Found(jars, List.of());
    }

    private static String reason(Throwable e) {
        Throwable deepest = e;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return String.valueOf(deepest.getMessage());
    }
}
