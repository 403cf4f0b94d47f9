package dev.loadstar.contract.wire;

/** Kafka topics; the key of every record is the run's id. */
public final class Topics {

    public static final String POINTS = "points";
    public static final String RUN_COMMANDS = "run-commands";
    public static final String RUN_EVENTS = "run-events";
    public static final String TICKS = "ticks";

    /** Partitions of each topic: one run is one partition, so that its records stay in order. */
    public static final int PARTITIONS = 32;

    /** Kafka header of a {@link #POINTS} record with its {@link RunKey} signature. */
    public static final String SIGNATURE_HEADER = "sig";

    private Topics() {}
}
