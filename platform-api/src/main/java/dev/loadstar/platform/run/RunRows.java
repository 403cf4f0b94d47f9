package dev.loadstar.platform.run;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import dev.loadstar.contract.run.RunStatus;
import jakarta.persistence.LockModeType;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Table {@code platform.run}. Ids are ULIDs, so their order is that of submission. */
interface RunRows extends Repository<RunRow, String> {

    RunRow save(RunRow run);

    Optional<RunRow> findById(String id);

    Optional<RunRow> findByProjectIdAndNumber(long projectId, int number);

    List<RunRow> findByStatusInOrderById(Collection<RunStatus> statuses);

    List<RunRow> findByIdIn(Collection<String> ids);

    int countByStatusIn(Collection<RunStatus> statuses);

    @Query("select r from RunRow r where r.projectId = :project and r.times.finishedAt < :before order by r.id")
    List<RunRow> finishedBefore(long project, Instant before, Limit limit);

    void deleteById(String id);

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select r from RunRow r where r.id = :id")
    Optional<RunRow> lockById(String id);
}
