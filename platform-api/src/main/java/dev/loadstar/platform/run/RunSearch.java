package dev.loadstar.platform.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.loadstar.contract.json.Json;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import org.jspecify.annotations.Nullable;

/** Finds runs of a project, newest first: only what is asked for is in the SQL, so that its index is used. */
final class RunSearch {

    private final EntityManager entities;

    RunSearch(EntityManager entities) {
        this.entities = entities;
    }

    /** @param before only runs with smaller numbers */
    List<RunRow> newest(long project, RunFilter filter, int before, int limit) {
        var query = new Query("r.project_id = :project and r.number < :before", project).with("before", before);
        query.narrow("test", filter.test());
        query.narrow("status", filter.status());
        query.narrow("verdict", filter.verdict());
        query.labelled(filter.labels());
        return query.newest(limit);
    }

    /**
     * The newest other runs of its test that passed or warned with the load that was planned: those that a run can be held
     * against.
     *
     * @param labels that they must have
     * @param branch their git ref or label {@code branch}; null takes all
     */
    List<RunRow> sound(RunRow run, Map<String, String> labels, @Nullable String branch, int limit) {
        var query = others(run, labels, "r.verdict in ('PASSED', 'WARNED') and not r.changed");
        if (branch != null) {
            query.sql.append(
                    " and (cast(r.source as jsonb) ->> 'ref' = :branch or cast(r.labels as jsonb) ->> 'branch' = :branch)");
            query.with("branch", branch);
        }
        return query.newest(limit);
    }

    /** The newest other runs of its test that a person pinned. */
    List<RunRow> pinned(RunRow run, Map<String, String> labels, int limit) {
        return others(run, labels, "r.pinned_at is not null").newest(limit);
    }

    private Query others(RunRow run, Map<String, String> labels, String which) {
        var query = new Query("r.project_id = :project and r.number <> :number and " + which, run.projectId())
                .with("number", run.number());
        query.narrow("test", Objects.requireNonNullElse(run.test(), ""));
        query.labelled(labels);
        return query;
    }

    private final class Query {
        private final StringBuilder sql;
        private final Map<String, Object> values = new LinkedHashMap<>();

        Query(String where, long project) {
            sql = new StringBuilder("select r.* from platform.run r where ").append(where);
            values.put("project", project);
        }

        Query with(String name, Object value) {
            values.put(name, value);
            return this;
        }

        void narrow(String column, @Nullable Object value) {
            if (value != null) {
                sql.append(" and r.%s = :%s".formatted(column, column));
                values.put(column, value.toString());
            }
        }

        void labelled(Map<String, String> labels) {
            if (!labels.isEmpty()) {
                sql.append(" and cast(r.labels as jsonb) @> cast(:labels as jsonb)");
                values.put("labels", Json.write(labels));
            }
        }

        List<RunRow> newest(int limit) {
            @SuppressWarnings("unchecked") // JPA's query of an entity in SQL is not typed
            var query = (TypedQuery<RunRow>) entities.createNativeQuery(sql + " order by r.number desc", RunRow.class);
            values.forEach(query::setParameter);
            return query.setMaxResults(limit).getResultList();
        }
    }
}
