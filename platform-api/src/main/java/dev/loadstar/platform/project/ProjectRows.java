package dev.loadstar.platform.project;

import java.util.List;
import java.util.Optional;

import jakarta.persistence.LockModeType;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Table {@code platform.project}. */
interface ProjectRows extends Repository<ProjectRow, Long> {

    ProjectRow save(ProjectRow project);

    List<ProjectRow> findAllByOrderByKey();

    Optional<ProjectRow> findById(long id);

    Optional<ProjectRow> findByKey(String key);

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select p from ProjectRow p where p.key = :key")
    Optional<ProjectRow> lockByKey(String key);

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select p from ProjectRow p where p.id = :id")
    Optional<ProjectRow> lockById(long id);
}
