package dev.loadstar.platform.secret;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.loadstar.contract.plan.Inputs;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.platform.project.ProjectRow;
import dev.loadstar.platform.project.Projects;
import dev.loadstar.validator.KnownSecrets;

/** The secrets of projects. A project that does not exist is a {@link LoadstarException} NOT_FOUND. */
public final class ProjectSecrets {

    /** What a name is made of. */
    public static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}";

    /** Most bytes of a value. */
    public static final int LARGEST = 64 << 10;

    private static final String OF_PROJECT = "project:";

    private final Projects projects;
    private final SecretRows rows;
    private final Sealing sealing;
    private final InstantSource clock;

    ProjectSecrets(Projects projects, SecretRows rows, Sealing sealing, InstantSource clock) {
        this.projects = projects;
        this.rows = rows;
        this.sealing = sealing;
        this.clock = clock;
    }

    /** In the order of their names. */
    public List<ProjectSecret> all(String project) {
        return rows.findByProjectIdOrderByName(projects.get(project).id()).stream()
                .map(ProjectSecret::of)
                .toList();
    }

    /** What submissions to that project may refer to. */
    public KnownSecrets of(String project) {
        ProjectRow owner = projects.get(project);
        return new KnownSecrets() {
            @Override
            public boolean has(String from) {
                return find(owner, from).isPresent();
            }

            @Override
            public Optional<String> value(String from) {
                return find(owner, from).map(row -> opened(owner, row));
            }
        };
    }

    /**
     * Keeps a value in the place of any earlier one.
     *
     * @param name must match {@link #NAME}
     */
    public void put(String project, String name, String value, String by) {
        ProjectRow owner = projects.get(project);
        byte[] sealed = sealing.seal(value, place(owner, name));
        rows.put(owner.id(), name, sealed, by, clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    /** @throws LoadstarException NOT_FOUND if there is no such secret */
    public void delete(String project, String name) {
        if (rows.deleteByProjectIdAndName(projects.get(project).id(), name) == 0) {
            throw new LoadstarException(
                    ErrorCode.NOT_FOUND, "There is no secret %s in project %s".formatted(name, project));
        }
    }

    /**
     * The values of what a plan refers to, by the names that it gives them; for the run's worker and nobody else.
     *
     * @throws LoadstarException SECRET_MISSING
     */
    public Map<String, String> values(String project, List<Inputs.SecretRef> wanted) {
        var values = new LinkedHashMap<String, String>();
        ProjectRow owner = projects.get(project);
        for (Inputs.SecretRef secret : wanted) {
            values.put(secret.name(), value(owner, secret.from()));
        }
        return values;
    }

    private String value(ProjectRow owner, String from) {
        return find(owner, from)
                .map(row -> opened(owner, row))
                .orElseThrow(() -> new LoadstarException(
                        ErrorCode.SECRET_MISSING, "The secret %s is not there any more".formatted(from)));
    }

    private Optional<SecretRow> find(ProjectRow owner, String from) {
        return from.startsWith(OF_PROJECT)
                ? rows.findByProjectIdAndName(owner.id(), from.substring(OF_PROJECT.length()))
                : Optional.empty();
    }

    private String opened(ProjectRow owner, SecretRow row) {
        return sealing.open(row.sealed(), place(owner, row.name()));
    }

    private static String place(ProjectRow owner, String name) {
        return owner.key() + "/" + name;
    }
}
