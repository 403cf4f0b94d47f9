package dev.loadstar.validator.inspection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;

import dev.loadstar.contract.bundle.BlobStore;
import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.plan.BundleFile;
import dev.loadstar.contract.plan.Inspection;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.contract.problem.Problem;
import dev.loadstar.launcher.Job;
import dev.loadstar.launcher.JobSpec;
import dev.loadstar.launcher.Launcher;
import dev.loadstar.launcher.ProcessEnd;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/** Runs {@code executor-<tool> --inspect} over a copy of the bundle. Job and copy are gone when it answers. */
public final class Inspector {

    private static final Logger log = LoggerFactory.getLogger(Inspector.class);
    private static final int HEAP_MEGABYTES = 256;
    private static final int LOG_LINES = 15;
    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final Duration GONE = Duration.ofSeconds(5);

    private final Launcher launcher;
    private final BlobStore blobs;
    private final Path folder;
    private final Duration limit;
    private final Map<String, String> environment;
    private final InspectionCache cache;

    /** Each is a JVM that starts cold: more of them than processors only make each other slower. */
    private final Semaphore atOnce =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors()));

    /**
     * @param home the assembled product, whose executors' content is part of what an answer depends on
     * @param folder for copies, cached answers and what builds fetch
     * @param limit of one inspection, whatever is built in it
     * @param mirror Maven repository that builds may fetch from; null where there is none for them
     */
    public Inspector(
            Launcher launcher, BlobStore blobs, Path home, Path folder, Duration limit, @Nullable String mirror) {
        this.launcher = launcher;
        this.blobs = blobs;
        this.folder = folder.toAbsolutePath();
        this.limit = limit;
        String fetched = this.folder.resolve("fetched").toString();
        this.environment = mirror == null
                ? Map.of(Inspection.CACHE_VARIABLE, fetched)
                : Map.of(Inspection.CACHE_VARIABLE, fetched, Inspection.MIRROR_VARIABLE, mirror);
        this.cache = new InspectionCache(home, this.folder.resolve("answers"), blobs);
    }

    /**
     * @param bundle digest of {@code files}
     * @return what the tool found and built; an INSPECT_FAILED problem where it did not answer
     */
    public Inspection inspect(String bundle, List<BundleFile> files, ScenarioPlan scenario)
            throws IOException, InterruptedException {
        String key = cache.key(bundle, scenario);
        var known = cache.find(key);
        if (known.isPresent()) {
            return known.get();
        }
        atOnce.acquire();
        try {
            return run(key, files, scenario);
        } finally {
            atOnce.release();
        }
    }

    private Inspection run(String key, List<BundleFile> files, ScenarioPlan scenario)
            throws IOException, InterruptedException {
        String id = "inspect-" + UUID.randomUUID();
        Path place = folder.resolve(id);
        try {
            Path bundle = Files.createDirectories(place.resolve("bundle"));
            for (BundleFile file : files) {
                copy(file, bundle);
            }
            for (BundleFile jar : scenario.libraries()) {
                copy(jar, bundle);
            }
            Path question = place.resolve("scenario.json");
            Path answer = place.resolve("inspection.json");
            Files.writeString(question, Json.write(scenario));
            var arguments = List.of(
                    "--inspect",
                    "--workspace",
                    bundle.toString(),
                    "--scenario",
                    question.toString(),
                    "--out",
                    answer.toString());
            launcher.launch(new JobSpec(
                    id, id, "executor-" + scenario.tool(), arguments, Map.of(), environment, HEAP_MEGABYTES));
            Inspection found = answer(id, answer);
            Inspection whole = found.problems().isEmpty() ? new BuiltFiles(blobs, bundle).addedTo(found) : found;
            cache.keep(key, whole);
            return whole;
        } catch (LoadstarException e) {
            return failed(e.detail(), List.of());
        } finally {
            remove(id, place);
        }
    }

    private Inspection answer(String id, Path answer) throws InterruptedException, IOException {
        Job job = launcher.await(id, limit);
        if (job.isRunning()) {
            return failed("The inspection did not end within %d s".formatted(limit.toSeconds()), tail(id));
        }
        if (job.exitCode() == null || job.exitCode() != 0 || !Files.exists(answer)) {
            return failed("The inspection " + ProcessEnd.described(job.exitCode()), tail(id));
        }
        try {
            return Json.read(Files.readString(answer), Inspection.class);
        } catch (JacksonException e) {
            return failed("The inspection's answer cannot be read", tail(id));
        }
    }

    private List<String> tail(String id) {
        return launcher.logTail(id, LOG_LINES);
    }

    private static Inspection failed(String message, List<String> log) {
        var problem = new Problem(
                "",
                ErrorCode.INSPECT_FAILED.slug(),
                message,
                log.isEmpty() ? null : "It wrote:\n" + String.join("\n", log));
        return new Inspection(List.of(problem), List.of(), List.of(), List.of(), List.of());
    }

    private void copy(BundleFile file, Path bundle) throws IOException {
        Path to = bundle.resolve(file.path());
        Files.createDirectories(to.getParent());
        Files.copy(blobs.path(file.digest()), to);
        if (file.executable() && !to.toFile().setExecutable(true, true)) {
            log.debug("{} cannot be made executable", to);
        }
    }

    private void remove(String id, Path place) {
        boolean interrupted = Thread.interrupted();
        try {
            if (launcher.find(id).map(Job::isRunning).orElse(false)) {
                launcher.stop(id, GRACE);
                launcher.await(id, GONE);
            }
            launcher.forget(id);
        } catch (InterruptedException e) {
            interrupted = true;
        } catch (RuntimeException e) {
            log.warn("What {} left behind cannot be removed: {}", id, e.toString());
        } finally {
            delete(place);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void delete(Path place) {
        try (var tree = Files.walk(place)) {
            var deepestFirst = new ArrayList<>(tree.toList()).reversed();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            log.warn("{} cannot be removed: {}", place, e.toString());
        }
    }
}
