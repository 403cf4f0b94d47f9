package dev.loadstar.validator;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import dev.loadstar.contract.bundle.BlobStore;
import dev.loadstar.contract.plan.BundleFile;
import dev.loadstar.contract.plan.DataPlan;
import dev.loadstar.contract.plan.Inputs;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.problem.DiskFull;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.ErrorKind;
import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.contract.problem.Problem;
import dev.loadstar.launcher.Launcher;
import dev.loadstar.validator.artifact.Artifacts;
import dev.loadstar.validator.definition.Definition;
import dev.loadstar.validator.definition.DefinitionReader;
import dev.loadstar.validator.definition.Overrides;
import dev.loadstar.validator.inspection.Inspector;
import dev.loadstar.validator.source.Bundle;
import dev.loadstar.validator.source.GitSource;
import dev.loadstar.validator.source.SourceLimits;
import dev.loadstar.validator.source.ZipSource;
import dev.loadstar.validator.target.TargetPolicy;
import org.jspecify.annotations.Nullable;

/** Turns submissions into plans. Safe for many threads; every call blocks, so call it on a virtual thread. */
public final class Validator {

    /** What stands for the ref where a definition was pasted and there is no repository. */
    public static final String PASTED = "pasted";

    /** Where the credentials of a git host are kept, before its name. */
    private static final String GIT_CREDENTIALS = "project:git-";

    private final ValidatorSettings settings;
    private final BlobStore blobs;
    private final GitSource git;
    private final ZipSource uploads;
    private final ScenarioCheck scenarios;
    private final TargetPolicy targets;

    public Validator(ValidatorSettings settings, Launcher launcher, BlobStore blobs) {
        this.settings = settings;
        this.blobs = blobs;
        ValidatorSettings.Limits most = settings.limits();
        var limits = new SourceLimits(most.bundleBytes(), most.bundleFiles(), most.git());
        this.git = new GitSource(
                settings.data().resolve("git"), blobs, limits, settings.allowLocalGit(), TargetPolicy::isAlwaysRefused);
        this.uploads = new ZipSource(blobs, limits);
        this.targets = new TargetPolicy(settings.allowHosts(), settings.denyHosts());
        var inspector = new Inspector(
                launcher,
                blobs,
                settings.home(),
                settings.data().resolve("inspect"),
                most.inspection(),
                settings.artifacts().buildMirror());
        this.scenarios = new ScenarioCheck(
                inspector,
                targets,
                settings.tools().names(),
                new Libraries(
                        new Artifacts(settings.artifacts(), settings.data().resolve("artifacts"), blobs)));
    }

    /**
     * Reads the files, checks everything and keeps the files in the blob store.
     *
     * @param secrets that the submission may refer to
     * @throws LoadstarException only where Loadstar itself fails; wrong input is an answer
     */
    public Validation validate(Submission submission, KnownSecrets secrets) {
        RunPlan.Source source = unread(submission);
        try {
            Bundle bundle = bundle(submission, secrets);
            if (source.git() != null) {
                source = new RunPlan.Source(source.git(), bundle.ref(), bundle.commit(), submission.path());
            }
            return validate(submission, bundle, source, secrets);
        } catch (LoadstarException e) {
            if (e.code().kind() != ErrorKind.USER) {
                throw e;
            }
            return new Validation.Refused(e.problems(), null, source);
        } catch (IOException e) {
            throw DiskFull.isCauseOf(e)
                    ? DiskFull.in(settings.data(), e)
                    : new LoadstarException(ErrorCode.INTERNAL_ERROR, "The submission cannot be read: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadstarException(ErrorCode.INTERNAL_ERROR, "Interrupted while validating", e);
        }
    }

    /** The problems of a definition's text alone: neither its files nor its target are looked at. */
    public List<Problem> check(byte[] definition) {
        return DefinitionReader.read(definition, settings.tools(), Overrides.NONE)
                .problems();
    }

    private static RunPlan.Source unread(Submission submission) {
        return switch (submission) {
            case Submission.Git from -> new RunPlan.Source(from.url(), from.ref(), null, from.path());
            case Submission.Upload from -> new RunPlan.Source(null, null, null, from.path());
            case Submission.Pasted from -> new RunPlan.Source(null, PASTED, null, from.path());
        };
    }

    private Bundle bundle(Submission submission, KnownSecrets secrets) throws IOException {
        Bundle bundle = switch (submission) {
            case Submission.Git from -> git.read(from.url(), from.ref(), host -> secrets.value(GIT_CREDENTIALS + host));
            case Submission.Upload from -> uploads.read(from.zip());
            case Submission.Pasted ignored -> Bundle.NONE;
        };
        @Nullable String definition = submission.definition();
        return definition == null ? bundle : bundle.with(submission.path(), definition, blobs);
    }

    private Validation validate(Submission submission, Bundle bundle, RunPlan.Source source, KnownSecrets secrets)
            throws IOException, InterruptedException {
        BundleFile file = bundle.file(submission.path()).orElseThrow(() -> missing(submission.path(), bundle));
        Overrides overrides = submission.overrides();
        Definition definition = DefinitionReader.read(content(file), settings.tools(), overrides);
        var problems = new ArrayList<>(definition.problems());
        var warnings = new ArrayList<>(bundle.warnings());
        warnings.addAll(definition.warnings());
        RunPlan.Target target = definition.target();
        if (target != null) {
            problems.addAll(targets.check(target, overrides.targetPointer()));
        }
        problems.addAll(missing(definition.secrets(), secrets));
        problems.addAll(unregistered(definition.monitored()));
        List<DataPlan> data = new DataCheck(blobs, bundle, problems).check(definition);
        Definition complete = scenarios.check(definition, bundle, problems, warnings);
        Optional<RunPlan> plan = problems.isEmpty() ? plan(complete, bundle, data, source) : Optional.empty();
        return plan.<Validation>map(made -> new Validation.Accepted(made, warnings))
                .orElseGet(() ->
                        new Validation.Refused(problems.stream().distinct().toList(), definition.test(), source));
    }

    private static Optional<RunPlan> plan(
            Definition definition, Bundle bundle, List<DataPlan> data, RunPlan.Source source) {
        String test = definition.test();
        RunPlan.@Nullable Target target = definition.target();
        if (test == null || target == null) {
            throw new IllegalStateException("a definition without problems is complete");
        }
        return Optional.of(new RunPlan(
                test,
                definition.title(),
                definition.labels(),
                source,
                bundle.digest(),
                bundle.files(),
                target,
                definition.scenarios().stream()
                        .map(scenario -> scenario.plan().orElseThrow())
                        .toList(),
                definition.executors(),
                definition.assertions(),
                definition.validity(),
                new Inputs(definition.variables(), definition.secrets(), data),
                new RunPlan.LoadLimits(
                        definition.limits().maxUsers(), definition.limits().maxRate()),
                definition.abort(),
                definition.queries(),
                definition.baseline()));
    }

    private static List<Problem> missing(List<Inputs.SecretRef> wanted, KnownSecrets secrets) {
        var problems = new ArrayList<Problem>();
        for (int i = 0; i < wanted.size(); i++) {
            String from = wanted.get(i).from();
            if (from.startsWith("project:") && !secrets.has(from)) {
                problems.add(Problem.at(
                        "/secrets/%d/from".formatted(i),
                        ErrorCode.SECRET_MISSING,
                        "There is no secret %s".formatted(from),
                        "Keep it in the project first, or name one that is there"));
            }
        }
        return problems;
    }

    private List<Problem> unregistered(List<Definition.Monitored> monitored) {
        Set<String> known = settings.prometheus();
        return monitored.stream()
                .filter(one -> !known.contains(one.server()))
                .map(one -> Problem.at(
                        one.pointer(),
                        ErrorCode.VALUE_INVALID,
                        "No Prometheus is registered as `%s`".formatted(one.server()),
                        known.isEmpty()
                                ? "The operator registers one with `loadstar.prometheus.<name>.url`"
                                : "There are: " + String.join(", ", new TreeSet<>(known))))
                .toList();
    }

    /** One byte more than is read, so that a file that is too large is seen to be. */
    private byte[] content(BundleFile file) throws IOException {
        try (var content = Files.newInputStream(blobs.path(file.digest()))) {
            return content.readNBytes(DefinitionReader.LARGEST + 1);
        }
    }

    private static LoadstarException missing(String path, Bundle bundle) {
        List<String> others = bundle.files().stream()
                .map(BundleFile::path)
                .filter(other -> other.equals("loadstar.json") || other.endsWith("/loadstar.json"))
                .limit(5)
                .toList();
        String message = "There is no file \"%s\"".formatted(path);
        var problem = new Problem(
                "",
                ErrorCode.DEFINITION_MISSING.slug(),
                message,
                others.isEmpty() ? "There is no loadstar.json at all" : "There is: " + String.join(", ", others));
        return new LoadstarException(ErrorCode.DEFINITION_MISSING, message, List.of(problem));
    }
}
