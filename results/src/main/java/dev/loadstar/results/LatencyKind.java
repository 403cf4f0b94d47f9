package dev.loadstar.results;

/** From when on latency is counted. */
public enum LatencyKind {
    /** The actual send. */
    SERVICE,

    /** When the schedule wanted it; nothing is measured where no schedule exists. */
    INTENDED;

    SparseHistogram of(Samples samples) {
        return switch (this) {
            case SERVICE -> samples.service();
            case INTENDED -> samples.intended();
        };
    }
}
