package dev.loadstar.platform.project;

import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.support.TransactionOperations;

import static java.util.Objects.requireNonNull;

/** The projects that there are. */
public final class Projects {

    /** What a key is made of. */
    public static final String KEY = "[a-z0-9][a-z0-9-]{0,62}";

    private final ProjectRows rows;
    private final InstantSource clock;
    private final TransactionOperations transactions;

    Projects(ProjectRows rows, TransactionOperations transactions, InstantSource clock) {
        this.rows = rows;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** In the order of their keys. */
    public List<Project> all() {
        return rows.findAllByOrderByKey().stream().map(Project::of).toList();
    }

    /**
     * Makes one.
     *
     * @param key must match {@link #KEY}
     * @throws LoadstarException EXISTS_ALREADY
     */
    public Project create(String key, String name) {
        try {
            return Project.of(
                    rows.save(new ProjectRow(key, name, clock.instant().truncatedTo(ChronoUnit.MILLIS))));
        } catch (DataIntegrityViolationException e) {
            throw new LoadstarException(ErrorCode.EXISTS_ALREADY, "There is a project %s already".formatted(key), e);
        }
    }

    /**
     * From now on finished runs of the project are kept for so many days.
     *
     * @param days null for as long as the server keeps those of any project
     * @throws LoadstarException NOT_FOUND if there is no such project
     */
    public Project keep(String key, @Nullable Integer days) {
        Project changed = transactions.execute(status -> Project.of(lock(key).keep(days)));
        return requireNonNull(changed);
    }

    /** How long finished runs of each project are kept, by the project's id. */
    public Map<Long, Duration> kept(Duration otherwise) {
        return rows.findAllByOrderByKey().stream().collect(Collectors.toMap(ProjectRow::id, row -> {
            @Nullable Integer days = row.keepDays();
            return days == null ? otherwise : Duration.ofDays(days);
        }));
    }

    /** @throws LoadstarException NOT_FOUND if there is no such project */
    public ProjectRow get(String key) {
        return rows.findByKey(key).orElseThrow(() -> missing(key));
    }

    /**
     * The project that nobody else changes until the caller's transaction is over.
     *
     * @throws LoadstarException NOT_FOUND if there is no such project
     */
    public ProjectRow lock(String key) {
        return rows.lockByKey(key).orElseThrow(() -> missing(key));
    }

    /**
     * The same by its id.
     *
     * @throws IllegalStateException if there is no project of that id
     */
    public ProjectRow lock(long id) {
        return rows.lockById(id).orElseThrow(() -> new IllegalStateException("there is no project with id " + id));
    }

    /** @throws IllegalStateException if there is no project of that id */
    public String key(long id) {
        return rows.findById(id)
                .map(ProjectRow::key)
                .orElseThrow(() -> new IllegalStateException("there is no project with id " + id));
    }

    private static LoadstarException missing(String key) {
        return new LoadstarException(ErrorCode.NOT_FOUND, "There is no project " + key);
    }
}
