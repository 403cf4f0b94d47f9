package dev.loadstar.platform.project;

import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.support.TransactionOperations;

/** Projects that are kept nowhere. */
public final class KnownProjects implements ProjectRows {

    private final Map<String, ProjectRow> rows = new ConcurrentHashMap<>();

    private KnownProjects() {}

    /** The one that every server has. */
    public static Projects one() {
        var projects = new Projects(new KnownProjects(), TransactionOperations.withoutTransaction(), Clock.systemUTC());
        projects.create("default", "Default");
        return projects;
    }

    @Override
    public ProjectRow save(ProjectRow project) {
        if (rows.putIfAbsent(project.key(), project) != null) {
            throw new DuplicateKeyException(project.key());
        }
        return project;
    }

    @Override
    public List<ProjectRow> findAllByOrderByKey() {
        return rows.values().stream()
                .sorted(Comparator.comparing(ProjectRow::key))
                .toList();
    }

    @Override
    public Optional<ProjectRow> findById(long id) {
        return rows.values().stream().filter(row -> row.id() == id).findFirst();
    }

    @Override
    public Optional<ProjectRow> findByKey(String key) {
        return Optional.ofNullable(rows.get(key));
    }

    @Override
    public Optional<ProjectRow> lockByKey(String key) {
        return findByKey(key);
    }

    @Override
    public Optional<ProjectRow> lockById(long id) {
        return findById(id);
    }
}
