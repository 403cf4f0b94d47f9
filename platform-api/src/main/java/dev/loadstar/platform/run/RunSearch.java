package dev.loadstar.platform.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.loadstar.contract.json.Json;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import org.jspecify.annotations.Nullable;

/** Finds the newest runs of a project that a filter takes: only what is asked for is in the SQL, so that its index is used. */
final class RunSearch {

    private final EntityManager entities;

    RunSearch(EntityManager entities) {
        this.entities = entities;
    }

    /** @param before only runs with smaller numbers */
    List<RunRow> newest(long project, RunFilter filter, int before, int limit) {
        var sql = new StringBuilder(
                "select r.* from platform.run r where r.project_id = :project and r.number < :before");
        var values = new LinkedHashMap<String, Object>(Map.of("project", project, "before", before));
        narrow(sql, values, "test", filter.test());
        narrow(sql, values, "status", filter.status());
        narrow(sql, values, "verdict", filter.verdict());
        if (!filter.labels().isEmpty()) {
            sql.append(" and cast(r.labels as jsonb) @> cast(:labels as jsonb)");
            values.put("labels", Json.write(filter.labels()));
        }
        sql.append(" order by r.number desc");
        @SuppressWarnings("unchecked") // JPA's query of an entity in SQL is not typed
        var query = (TypedQuery<RunRow>) entities.createNativeQuery(sql.toString(), RunRow.class);
        values.forEach(query::setParameter);
        return query.setMaxResults(limit).getResultList();
    }

    private static void narrow(StringBuilder sql, Map<String, Object> values, String column, @Nullable Object value) {
        if (value != null) {
            sql.append(" and r.%s = :%s".formatted(column, column));
            values.put(column, value.toString());
        }
    }
}
