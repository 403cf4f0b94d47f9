package dev.loadstar.platform.run;

import java.time.Instant;

import dev.loadstar.contract.run.RunDocument;
import jakarta.persistence.Embeddable;

/** That a person made a run a baseline. */
@Embeddable
record Pin(String pinnedBy, Instant pinnedAt) {

    RunDocument.Pin document() {
        return new RunDocument.Pin(pinnedAt, pinnedBy);
    }
}
