package dev.loadstar.platform.secret;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Table {@code platform.project_secret}. */
interface SecretRows extends Repository<SecretRow, Long> {

    List<SecretRow> findByProjectIdOrderByName(long projectId);

    Optional<SecretRow> findByProjectIdAndName(long projectId, String name);

    @Transactional
    @Modifying
    @Query(nativeQuery = true, value = """
            insert into platform.project_secret (project_id, name, sealed, changed_by, changed_at)
            values (:projectId, :name, :sealed, :by, :at)
            on conflict (project_id, name) do update
            set sealed = excluded.sealed, changed_by = excluded.changed_by, changed_at = excluded.changed_at""")
    void put(long projectId, String name, byte[] sealed, String by, Instant at);

    @Transactional
    int deleteByProjectIdAndName(long projectId, String name);
}
