package dev.loadstar.platform.run;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.plan.RunPlan;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The plan of an accepted run, apart from its row because it lists every file of the bundle. */
@Entity
@Table(schema = "platform", name = "run_plan")
class PlanRow {

    @Id
    private String runId;

    private long projectId;
    private String plan;

    @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
    protected PlanRow() {}

    PlanRow(RunRow run, RunPlan plan) {
        this.runId = run.id();
        this.projectId = run.projectId();
        this.plan = Json.write(plan);
    }

    /** Replaces it by one that says more of the same. */
    void complete(RunPlan other) {
        plan = Json.write(other);
    }

    String runId() {
        return runId;
    }

    long projectId() {
        return projectId;
    }

    RunPlan plan() {
        return Json.read(plan, RunPlan.class);
    }
}
