package dev.loadstar.platform.run;

import java.time.Duration;
import java.time.Instant;

import dev.loadstar.contract.run.EndReason;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;

/**
 * Why a run that has a worker shall end.
 *
 * @param forceAt when its processes are killed unless it has ended by then
 */
@Embeddable
record StopOrder(
        @Enumerated(EnumType.STRING) EndReason stopReason, String stopDetail, boolean stopByPerson, Instant forceAt) {

    StopOrder postponed(Duration step) {
        return new StopOrder(stopReason, stopDetail, stopByPerson, forceAt.plus(step));
    }
}
