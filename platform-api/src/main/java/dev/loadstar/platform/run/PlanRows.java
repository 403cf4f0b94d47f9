package dev.loadstar.platform.run;

import java.util.Optional;

import org.springframework.data.repository.Repository;

/** Table {@code platform.run_plan}. */
interface PlanRows extends Repository<PlanRow, String> {

    PlanRow save(PlanRow plan);

    Optional<PlanRow> findById(String runId);

    void deleteById(String runId);
}
